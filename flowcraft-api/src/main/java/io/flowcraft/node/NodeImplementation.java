package io.flowcraft.node;

/** One of the three ways to write a node. */
public sealed interface NodeImplementation permits NodeFunction, AsyncNodeFunction, Node {}
