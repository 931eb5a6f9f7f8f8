package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.SchemaRules;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.StructuralReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a custom resource has beyond what every kind has. Immutable; what costs time to make of the
 * schema is made when it is first needed.
 */
public final class CustomType {
    private final ObjectNode openApiSchema;
    private final ObjectNode conversion;
    private final @Nullable ScalePaths scale;
    private final String deprecationWarning;
    private final long definedAt;
    private final @Nullable CustomType stored;
    private volatile @Nullable Structural structure;
    private volatile @Nullable Boolean embeds;
    private volatile @Nullable Optional<SchemaRules> rules;

    /**
     * Where a custom resource keeps what its scale says.
     *
     * @param specReplicas JSON path such as {@code .spec.replicas}
     * @param statusReplicas JSON path such as {@code .status.replicas}
     * @param labelSelector JSON path; empty for none
     */
    public record ScalePaths(String specReplicas, String statusReplicas, String labelSelector) {}

    /**
     * @param openApiSchema {@code spec.versions[].schema.openAPIV3Schema} of the definition; read-only
     * @param conversion {@code spec.conversion} of the definition; read-only
     * @param scale null where there is no scale
     * @param deprecationWarning what each request for this version is told; empty for nothing
     * @param definedAt a revision since which all that is written has this form; what is older may lack defaults or have
     * more fields
     * @param stored the type of the stored version, where that has another schema; null where it has this one
     */
    CustomType(ObjectNode openApiSchema, ObjectNode conversion, @Nullable ScalePaths scale,
            String deprecationWarning, long definedAt, @Nullable CustomType stored) {
        this.openApiSchema = openApiSchema;
        this.conversion = conversion;
        this.scale = scale;
        this.deprecationWarning = deprecationWarning;
        this.definedAt = definedAt;
        this.stored = stored;
    }

    public CustomType(ObjectNode openApiSchema, ObjectNode conversion) {
        this(openApiSchema, conversion, null, "", 0, null);
    }

    public ObjectNode openApiSchema() {
        return openApiSchema;
    }

    public ObjectNode conversion() {
        return conversion;
    }

    public @Nullable ScalePaths scale() {
        return scale;
    }

    public String deprecationWarning() {
        return deprecationWarning;
    }

    public long definedAt() {
        return definedAt;
    }

    /** The type of the stored version, where its schema is another one; null where it is the same. */
    public @Nullable CustomType stored() {
        return stored;
    }

    /** The schema as a tree; made twice where two threads ask at once, with the same result. */
    public Structural structure() {
        Structural made = structure;
        if (made == null) {
            made = StructuralReader.read(openApiSchema);
            structure = made;
        }
        return made;
    }

    /** Whether whole objects may stand in such an object. */
    public boolean embeds() {
        Boolean made = embeds;
        if (made == null) {
            made = structure().embeds();
            embeds = made;
        }
        return made;
    }

    /** The schema's rules in CEL; null where it has none. Compiled at the first call, which takes a while. */
    public @Nullable SchemaRules rules() {
        Optional<SchemaRules> made = rules;
        if (made == null) {
            made = structure().hasRules() ? Optional.of(SchemaRules.of(structure())) : Optional.empty();
            rules = made;
        }
        return made.orElse(null);
    }

    /** Whatever revision it was defined at. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof CustomType that && openApiSchema.equals(that.openApiSchema)
                && conversion.equals(that.conversion) && java.util.Objects.equals(scale, that.scale)
                && deprecationWarning.equals(that.deprecationWarning) && java.util.Objects.equals(stored, that.stored));
    }

    @Override
    public int hashCode() {
        return conversion.hashCode() * 31 + openApiSchema.size();
    }
}
