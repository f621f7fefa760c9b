import { type BadInput, parseDuration } from './duration.ts'

/** A distribution of durations in milliseconds. */
export type Distribution =
  | { kind: 'const'; valueMs: number }
  | { kind: 'uniform'; fromMs: number; toMs: number }
  | { kind: 'exp'; meanMs: number }
  | { kind: 'lognorm'; p50Ms: number; p99Ms: number }
  /** `share` of the values are `secondMs`, the others `firstMs`. */
  | { kind: 'bimodal'; firstMs: number; secondMs: number; share: number }

const allowed = 'const(5ms), uniform(1s,3s), exp(2s), lognorm(p50,p99), bimodal(a,b,share) or a plain duration'
/** 99th percentile of the standard normal distribution. */
const normalP99 = 2.3263478740408408

export function parseDistribution(text: string): Distribution | BadInput {
  const call = /^([a-z]+)\((.*)\)$/.exec(text.trim())
  if (!call) {
    const valueMs = parseDuration(text)
    return typeof valueMs === 'number' ? { kind: 'const', valueMs } : unknown(text)
  }
  const words = call[2]!.split(',').map(word => word.trim())
  const share = call[1] === 'bimodal' ? parseShare(words.pop()) : undefined
  const values = words.map(parseDuration)
  const bad = values.find(value => typeof value !== 'number')
  if (bad) return bad
  const [first, second] = values as number[]
  if (call[1] === 'const' && values.length === 1) return { kind: 'const', valueMs: first! }
  if (call[1] === 'exp' && values.length === 1) return { kind: 'exp', meanMs: first! }
  if (values.length !== 2) return unknown(text)
  if (call[1] === 'bimodal') {
    if (share === undefined) return { error: `'${text}': the share is a number from 0 to 1, or 0% to 100%` }
    return { kind: 'bimodal', firstMs: first!, secondMs: second!, share }
  }
  if (second! < first!) return { error: `'${text}': the second duration must not be below the first` }
  if (call[1] === 'uniform') return { kind: 'uniform', fromMs: first!, toMs: second! }
  if (call[1] === 'lognorm') {
    if (first! <= 0) return { error: `'${text}': the median must be above 0` }
    return { kind: 'lognorm', p50Ms: first!, p99Ms: second! }
  }
  return unknown(text)
}

/** @returns milliseconds; takes one or two numbers from `uniform`, always the same count per kind. */
export function sample(distribution: Distribution, uniform: () => number): number {
  switch (distribution.kind) {
    case 'const':
      return distribution.valueMs
    case 'uniform':
      return distribution.fromMs + uniform() * (distribution.toMs - distribution.fromMs)
    case 'exp':
      return -Math.log(1 - uniform()) * distribution.meanMs
    case 'lognorm': {
      const sigma = Math.log(distribution.p99Ms / distribution.p50Ms) / normalP99
      const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
      return distribution.p50Ms * Math.exp(sigma * normal)
    }
    case 'bimodal':
      return uniform() < distribution.share ? distribution.secondMs : distribution.firstMs
  }
}

function parseShare(text: string | undefined): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)(%?)$/.exec(text ?? '')
  const share = parts ? Number(parts[1]) / (parts[2] ? 100 : 1) : Number.NaN
  return share >= 0 && share <= 1 ? share : undefined
}

function unknown(text: string): BadInput {
  return { error: `'${text}' is no distribution; allowed are ${allowed}` }
}
