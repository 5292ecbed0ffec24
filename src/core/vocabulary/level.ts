/**
 * Assurance levels of the national `fa` scale: 4 citizen card, 3 mobile key by phone, 2, 1.
 * In eIDAS words: 1 none, 2 low, 3 substantial, 4 high.
 */
export type Level = 1 | 2 | 3 | 4;
