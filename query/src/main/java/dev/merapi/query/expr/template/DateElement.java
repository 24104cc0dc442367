package dev.merapi.query.expr.template;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The elements of a date template; written like the constants, with dots where these say {@code DOT}. */
enum DateElement {
    SSSSS,
    SSSS,
    Y_YYY("Y,YYY"),
    YYYY,
    YYY,
    YY,
    Y,
    IYYY,
    IYY,
    IY,
    IDDD,
    ID,
    IW,
    I,
    HH24,
    HH12,
    HH,
    MI,
    MS,
    US,
    FF1,
    FF2,
    FF3,
    FF4,
    FF5,
    FF6,
    SS,
    AD_DOT("A.D."),
    BC_DOT("B.C."),
    AM_DOT("A.M."),
    PM_DOT("P.M."),
    AD,
    BC,
    AM,
    PM,
    MONTH,
    MON,
    MM,
    DAY,
    DDD,
    DD,
    DY,
    D,
    WW,
    W,
    CC,
    J,
    Q,
    RM,
    TZH,
    TZM,
    TZ,
    OF,
    LITERAL("");

    private final String text;

    DateElement() {
        this.text = name();
    }

    DateElement(String text) {
        this.text = text;
    }

    static final List<DateElement> LONGEST_FIRST = Arrays.stream(values())
            .filter(key -> key != LITERAL)
            .sorted(Comparator.comparingInt((DateElement key) -> key.text.length())
                    .reversed())
            .toList();

    /** As a template writes it; empty for literals. */
    String text() {
        return text;
    }
}
