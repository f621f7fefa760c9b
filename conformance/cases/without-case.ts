/** Rules of an area that no case tries. A rule that gets its case is taken out; a test holds that. */
export interface WithoutCase {
  /** For good, each group with its reason. */
  reasons: readonly { because: string; rules: readonly string[] }[]
  /** Still to be written: ids, separated by blanks. This list only shrinks. */
  still: string
}
