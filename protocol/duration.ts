const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/** What a parser of options answers to bad input: what is wrong and what is allowed, one sentence. */
export interface BadInput {
  error: string
}

/** @returns milliseconds. */
export function parseDuration(text: string): number | BadInput {
  const trimmed = text.trim()
  if (trimmed === '0') return 0
  const parts = pattern.exec(trimmed)
  if (!parts) {
    return { error: `'${text}' is no duration; allowed are a number and a unit: 250ms, 5s, 30m, 24h, 7d` }
  }
  return Number(parts[1]) * unitMs[parts[2] as keyof typeof unitMs]
}
