import type { BadInput } from './duration.ts'

const secondsPer = { s: 1, m: 60, h: 3_600 } as const
const pattern = /^(\d+(?:\.\d+)?)\/(s|m|h)$/

/** @returns events per second. */
export function parseRate(text: string): number | BadInput {
  const trimmed = text.trim()
  if (trimmed === '0') return 0
  const parts = pattern.exec(trimmed)
  if (!parts) return { error: `'${text}' is no rate; allowed are a number and a unit: 100/s, 55.6/s, 200/m, 1000/h` }
  return Number(parts[1]) / secondsPer[parts[2] as keyof typeof secondsPer]
}
