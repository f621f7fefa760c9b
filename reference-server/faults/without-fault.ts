/** MUST rules of an area that no planted fault breaks. A rule that gets its fault is taken out; a test holds that. */
export interface WithoutFault {
  /** For good, each group with its reason: a server cannot break them, or nobody could see it. */
  reasons: readonly { because: string; rules: readonly string[] }[]
  /** Still to be planted: ids, separated by blanks. This list only shrinks. */
  still: string
}
