package dev.xebec.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import java.util.Map;

/** Splicing a revision is the same as setting it in the tree. */
class SpliceProperties {

    @Property(tries = 300)
    void insertAndReplaceEqualSettingTheField(@ForAll @Size(max = 4) Map<String, String> labels, @ForAll String text,
            @ForAll @LongRange(min = 1) long first, @ForAll @LongRange(min = 1) long second) {
        ObjectNode tree = Json.object().put("apiVersion", "v1").put("before", text);
        ObjectNode metadata = tree.putObject("metadata");
        labels.forEach(metadata::put);
        metadata.remove("resourceVersion");
        tree.put("after", text);
        Splice.Spliced inserted = Splice.insert(Json.bytes(tree), first);
        metadata.put("resourceVersion", Long.toString(first));
        assertThat(Json.parseObject(inserted.json())).isEqualTo(tree);
        byte[] replaced = Splice.replace(inserted.json(), inserted.digitsAt(), second);
        metadata.put("resourceVersion", Long.toString(second));
        assertThat(Json.parseObject(replaced)).isEqualTo(tree);
    }
}
