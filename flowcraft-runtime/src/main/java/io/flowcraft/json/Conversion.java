package io.flowcraft.json;

import java.lang.ref.Reference;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Jackson, configured once: objects to trees of data, and trees of data to objects. */
final class Conversion {

  /** What Jackson would write through its getters, and nobody could read back as what it was. */
  private static final List<Class<?>> NO_DATA =
      List.of(
          Thread.class,
          ClassLoader.class,
          AutoCloseable.class,
          Throwable.class,
          Executor.class,
          Future.class,
          CompletionStage.class,
          Iterator.class,
          Lock.class,
          Reference.class,
          AnnotatedElement.class);

  // Default typing stays off: the data must never choose the classes that are loaded.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(SerializationFeature.FAIL_ON_SELF_REFERENCES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .addModule(refusals())
          .build();

  private Conversion() {}

  /** The object as maps, lists and scalars; not normalized yet. */
  static @Nullable Object toTree(Object value) {
    return MAPPER.convertValue(value, Object.class);
  }

  static @Nullable Object toObject(@Nullable Object data, Type type) {
    JavaType target = MAPPER.constructType(type);
    return MAPPER.convertValue(data, target);
  }

  private static SimpleModule refusals() {
    SimpleModule module = new SimpleModule("flowcraft-no-data");
    NO_DATA.forEach(type -> refuse(module, type));
    return module.setSerializerModifier(new FunctionRefusal());
  }

  private static <T> void refuse(SimpleModule module, Class<T> type) {
    module.addSerializer(type, new Refusal<T>());
  }

  private static final class Refusal<T> extends ValueSerializer<T> {

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
      context.reportMappingProblem("%s is no data", value.getClass().getName());
    }
  }

  /** Functions written as lambdas; Jackson would write them as empty objects. */
  private static final class FunctionRefusal extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config,
        BeanDescription.Supplier description,
        ValueSerializer<?> serializer) {
      return description.getBeanClass().isHidden() ? new Refusal<>() : serializer;
    }
  }
}
