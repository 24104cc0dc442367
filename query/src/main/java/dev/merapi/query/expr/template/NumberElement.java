package dev.merapi.query.expr.template;

/** The elements of a number template, longest names first where one begins with another. */
enum NumberElement {
    EEEE("EEEE"),
    FM("FM"),
    MI("MI"),
    PL("PL"),
    PR("PR"),
    RN("RN"),
    SG("SG"),
    SP("SP"),
    TH("TH"),
    COMMA(","),
    POINT("."),
    ZERO("0"),
    NINE("9"),
    B("B"),
    C("C"),
    D("D"),
    G("G"),
    L("L"),
    S("S"),
    V("V"),
    LITERAL("");

    private final String text;

    NumberElement(String text) {
        this.text = text;
    }

    /** As a template writes it; empty for literals. */
    String text() {
        return text;
    }
}
