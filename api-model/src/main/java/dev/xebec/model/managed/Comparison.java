package dev.xebec.model.managed;

/** What tells one object from an earlier one. No field is in more than one of the sets. */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {

    /** What the newer object says that the earlier one did not. */
    FieldSet said() {
        return added.union(modified);
    }

    Comparison filtered(ResetFields reset) {
        return reset == ResetFields.NONE
                ? this
                : new Comparison(reset.filter(added), reset.filter(modified), reset.filter(removed));
    }
}
