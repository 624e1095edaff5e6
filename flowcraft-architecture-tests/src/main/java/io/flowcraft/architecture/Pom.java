package io.flowcraft.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** A pom as written, before inheritance and interpolation. */
record Pom(Element element) {

  static Pom read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }

  static Pom parse(String xml) {
    return parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Pom parse(InputStream in) {
    try {
      return new Pom(
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(in)
              .getDocumentElement());
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("Not a pom", e);
    }
  }

  /** The elements at the end of a path of element names, relative to this one. */
  Stream<Pom> all(String... path) {
    Stream<Pom> found = Stream.of(this);
    for (String name : path) {
      found = found.flatMap(pom -> pom.children(name));
    }
    return found;
  }

  Optional<String> text(String... path) {
    return all(path).findFirst().map(pom -> pom.element().getTextContent().strip());
  }

  List<String> texts(String... path) {
    return all(path).map(pom -> pom.element().getTextContent().strip()).toList();
  }

  private Stream<Pom> children(String name) {
    var nodes = element.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node instanceof Element && node.getNodeName().equals(name))
        .map(node -> new Pom((Element) node));
  }
}
