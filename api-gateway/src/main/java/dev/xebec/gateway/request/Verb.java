package dev.xebec.gateway.request;

/** What a request wants, in the words of authorization and discovery. */
public enum Verb {
    GET("get"), LIST("list"), WATCH("watch"), CREATE("create"), UPDATE("update"), PATCH("patch"), DELETE(
            "delete"), DELETE_COLLECTION("deletecollection");

    private final String word;

    Verb(String word) {
        this.word = word;
    }

    /** Such as {@code deletecollection}. */
    public String word() {
        return word;
    }

    public boolean writes() {
        return switch (this) {
            case GET, LIST, WATCH -> false;
            case CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION -> true;
        };
    }
}
