/** What one look at the machine showed. */
export interface Finding {
  /** `open files` */
  what: string
  level: 'ok' | 'warn' | 'problem'
  /** `20,000 per process` */
  found: string
  /** What to do about it, or what it means; empty when all is well. */
  advice: string
}

/** A figure against two bounds below which (`least`) it warns or is a problem. */
export function atLeast(value: number, warnBelow: number, problemBelow: number): Finding['level'] {
  return value < problemBelow ? 'problem' : value < warnBelow ? 'warn' : 'ok'
}

export function atMost(value: number, warnAbove: number, problemAbove: number): Finding['level'] {
  return value > problemAbove ? 'problem' : value > warnAbove ? 'warn' : 'ok'
}

export function finding(what: string, level: Finding['level'], found: string, advice: string): Finding {
  return { what, level, found, advice: level === 'ok' ? '' : advice }
}
