package everything;

/** An enum. */
public enum State {
    OPEN,
    BEGUN,
    DONE
}
