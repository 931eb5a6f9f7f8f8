/**
 * Reads the Kubernetes protobuf form of objects into JSON trees, by the field numbers of the kind descriptions. Start
 * reading at {@link dev.xebec.model.protobuf.ProtobufDecoder}.
 */
@NullMarked
package dev.xebec.model.protobuf;

import org.jspecify.annotations.NullMarked;
