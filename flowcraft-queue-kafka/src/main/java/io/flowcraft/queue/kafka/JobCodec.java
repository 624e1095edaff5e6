package io.flowcraft.queue.kafka;

import io.flowcraft.spi.Job;
import io.flowcraft.spi.Payload;
import io.flowcraft.spi.Serializer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as records.
 *
 * <p>The value is, byte by byte: the version of the form (1); how often the job has been delivered
 * before, two bytes; run, blueprint and instance, each as its length and its UTF-8 bytes; the
 * epoch, eight bytes; the attempt; the input as its length plus one and its UTF-8 bytes, or 0 for
 * none. Lengths and the attempt are written seven bits to a byte, the lowest first. The headers of
 * a job are headers of the record, so that tools for traces find theirs. The key is run and
 * instance: it spreads the branches of a run over the partitions, and tells people what a record is
 * about.
 */
final class JobCodec {

  private static final byte VERSION = 1;
  private static final int DELIVERIES_AT = 1;
  private static final int BODY_AT = 3;
  private static final int MOST_DELIVERIES = 0xFFFF;

  private final Serializer serializer;

  JobCodec(Serializer serializer) {
    this.serializer = serializer;
  }

  /** A record that has not been delivered before. */
  static ProducerRecord<byte[], byte[]> encode(String topic, Job job) {
    return new ProducerRecord<>(topic, null, key(job), value(job), headers(job));
  }

  static byte[] key(Job job) {
    return utf8(job.runId() + "/" + job.instance());
  }

  private static byte[] value(Job job) {
    Payload input = job.input();
    byte[] text = input == null ? null : utf8(input.text());
    ByteArrayOutputStream out = new ByteArrayOutputStream(128 + (text == null ? 0 : text.length));
    out.write(VERSION);
    out.write(0);
    out.write(0);
    writeText(out, job.runId());
    writeText(out, job.blueprintId());
    writeText(out, job.instance());
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (job.epoch() >>> shift));
    }
    writeNumber(out, job.attempt());
    if (text == null) {
      writeNumber(out, 0);
    } else {
      writeNumber(out, text.length + 1);
      out.writeBytes(text);
    }
    return out.toByteArray();
  }

  private static List<Header> headers(Job job) {
    if (job.headers().isEmpty()) {
      return List.of();
    }
    List<Header> headers = new ArrayList<>(job.headers().size());
    job.headers().forEach((name, value) -> headers.add(new RecordHeader(name, utf8(value))));
    return headers;
  }

  /** Whether a value has the form of this version, as far as its beginning tells. */
  static boolean isReadable(byte[] value) {
    return value.length >= BODY_AT && value[0] == VERSION;
  }

  /** How often the job of a readable value has been delivered before. */
  static int deliveries(byte[] value) {
    return ((value[DELIVERIES_AT] & 0xFF) << 8) | (value[DELIVERIES_AT + 1] & 0xFF);
  }

  /** The same value for a job that has been delivered so often. */
  static byte[] withDeliveries(byte[] value, int deliveries) {
    int count = Math.min(deliveries, MOST_DELIVERIES);
    byte[] copy = value.clone();
    copy[DELIVERIES_AT] = (byte) (count >>> 8);
    copy[DELIVERIES_AT + 1] = (byte) count;
    return copy;
  }

  /**
   * The job of a record.
   *
   * @throws MalformedJobException if there is none that this version can read
   */
  Job decode(byte @Nullable [] value, Iterable<Header> headers) {
    if (value == null || value.length < BODY_AT) {
      throw new MalformedJobException("The record has no value, or one that is too short.");
    }
    if (value[0] != VERSION) {
      throw new MalformedJobException(
          "The record begins with the byte "
              + value[0]
              + "; expected: "
              + VERSION
              + ". It was written by something else, or by a later version: update this worker.");
    }
    Reader in = new Reader(value);
    String runId = in.text();
    String blueprintId = in.text();
    String instance = in.text();
    long epoch = in.epoch();
    int attempt = in.number();
    int inputLength = in.number() - 1;
    Payload input = inputLength < 0 ? null : Payload.ofText(in.text(inputLength), serializer);
    in.requireEnd();
    return new Job(runId, blueprintId, epoch, instance, attempt, input, texts(headers));
  }

  private static Map<String, String> texts(Iterable<Header> headers) {
    Map<String, String> texts = new HashMap<>();
    for (Header header : headers) {
      byte[] value = header.value();
      texts.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }
    return Map.copyOf(texts);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void writeText(ByteArrayOutputStream out, String text) {
    byte[] bytes = utf8(text);
    writeNumber(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void writeNumber(ByteArrayOutputStream out, int number) {
    int rest = number;
    while ((rest & ~0x7F) != 0) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Reads what was written, and nothing beyond the end. */
  private static final class Reader {

    private final byte[] bytes;
    private int at = BODY_AT;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    int number() {
      int number = 0;
      for (int shift = 0; shift < 35; shift += 7) {
        require(1);
        byte next = bytes[at++];
        number |= (next & 0x7F) << shift;
        if (next >= 0) {
          return number;
        }
      }
      throw new MalformedJobException("A number at byte " + at + " of the record has no end.");
    }

    long epoch() {
      require(8);
      long epoch = 0;
      for (int i = 0; i < 8; i++) {
        epoch = (epoch << 8) | (bytes[at++] & 0xFF);
      }
      return epoch;
    }

    String text() {
      return text(number());
    }

    String text(int length) {
      require(length);
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    void requireEnd() {
      if (at != bytes.length) {
        throw new MalformedJobException(
            "The record has " + (bytes.length - at) + " bytes behind the end of its job.");
      }
    }

    private void require(int length) {
      if (length < 0 || length > bytes.length - at) {
        throw new MalformedJobException(
            "The record ends at byte "
                + bytes.length
                + " within a part of "
                + length
                + " bytes that begins at byte "
                + at
                + ".");
      }
    }
  }
}
