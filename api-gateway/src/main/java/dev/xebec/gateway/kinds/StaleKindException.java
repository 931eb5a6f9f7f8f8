package dev.xebec.gateway.kinds;

/** A request was judged by a definition that has changed meanwhile: it is to be judged again by what is served now. */
public final class StaleKindException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StaleKindException(String definition) {
        super("the definition " + definition + " is changing");
    }
}
