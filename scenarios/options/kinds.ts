import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import { type BadInput, parseDuration } from '../../protocol/duration.ts'
import { type PushMode, pushModes } from '../../protocol/push/mode.ts'
import { parseRate } from '../../protocol/rate.ts'

/** How the text of an option becomes a value and back; `allowed` completes the sentence "allowed: …". */
export interface Kind<Value> {
  parse(text: string): Value | BadInput
  write(value: Value): string
  allowed: string
}

/** No more than a run can have shards. */
const mostParts = 64

/** Shares of the sessions by push mode; the shares add up to 1. */
export type ModeMix = { mode: PushMode | 'off'; share: number }[]

/** Whether there are customers that are to be pushed. */
export function hasPushes({ push }: { push: ModeMix }): boolean {
  return push.some(({ mode }) => mode !== 'off')
}

export const flag: Kind<boolean> = {
  parse: text => (/^(true|1|)$/.test(text) ? true : /^(false|0)$/.test(text) ? false : bad(text, 'true or false')),
  write: String,
  allowed: 'true or false',
}

export const text: Kind<string> = {
  parse: value => (value === '' ? bad(value, 'a text') : value),
  write: value => value,
  allowed: 'a text',
}

/** Several values; as one environment variable they are parted by `;`. */
export const list: Kind<string[]> = {
  parse: value =>
    value
      .split(';')
      .map(part => part.trim())
      .filter(part => part !== ''),
  write: value => value.join(';'),
  allowed: 'one or more values',
}

export const url: Kind<string> = {
  parse: value => (isUrl(value) ? value.replace(/\/+$/, '') : bad(value, 'a URL like http://127.0.0.1:9090')),
  write: value => value,
  allowed: 'a URL with http or https',
}

/** One of several generators of a run: the `number`-th of `of`. */
export interface Part {
  number: number
  of: number
}

export const part: Kind<Part> = {
  parse(value) {
    const [, number, of] = (/^(\d{1,2})\/(\d{1,2})$/.exec(value) ?? []).map(Number)
    if (number === undefined || of === undefined) return bad(value, part.allowed)
    return number >= 1 && of <= mostParts && number <= of ? { number, of } : bad(value, part.allowed)
  },
  write: ({ number, of }) => `${number}/${of}`,
  allowed: `K/N with K from 1 to N and N up to ${mostParts}, for example 1/4`,
}

/** Where something of ours listens. */
export interface ListenAddress {
  host: string
  port: number
}

const loopback = '127.0.0.1'

export const listenAddress: Kind<ListenAddress> = {
  parse(value) {
    const [, host, digits] = /^(?:([\w.-]+|\[[\da-f:]+\]):)?(\d{1,5})$/i.exec(value) ?? []
    if (digits === undefined || Number(digits) > 65_535) return bad(value, listenAddress.allowed)
    return { host: host?.replace(/^\[|\]$/g, '') ?? loopback, port: Number(digits) }
  },
  write({ host, port }) {
    if (host === loopback) return String(port)
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  },
  allowed: 'a port from 0 to 65535 (0 = any free one), or ADDRESS:PORT like 0.0.0.0:9464 for scrapers elsewhere',
}

/** One URL a node, parted by commas; sessions are spread over them. */
export const urls: Kind<string[]> = {
  parse(value) {
    const parts = value.split(',').map(part => part.trim().replace(/\/+$/, ''))
    return parts.every(isUrl) ? parts : bad(value, 'a URL like http://127.0.0.1:8080')
  },
  write: value => value.join(','),
  allowed: 'a URL with http or https, several nodes parted by commas',
}

export const distribution: Kind<Distribution> = {
  parse: parseDistribution,
  write: writeDistribution,
  allowed: '5ms, const(5ms), uniform(1s,3s), exp(2s), lognorm(p50,p99) or bimodal(a,b,share)',
}

export const modeMix: Kind<ModeMix> = {
  parse: parseModeMix,
  write: mix => (mix.length === 1 ? mix[0]!.mode : mix.map(({ mode, share }) => `${mode}:${share}`).join(',')),
  allowed: 'reliable, payload, device-id, off, or a mix like reliable:0.5,payload:0.5',
}

export function duration(bounds: { minMs?: number; maxMs?: number } = {}): Kind<number> {
  const { minMs = 0, maxMs = 366 * 86_400_000 } = bounds
  const allowed = `a duration from ${writeDuration(minMs)} to ${writeDuration(maxMs)} like 250ms, 5s or 30m`
  return {
    parse(value) {
      const ms = parseDuration(value)
      return typeof ms !== 'number' || (ms >= minMs && ms <= maxMs) ? ms : bad(value, allowed)
    },
    write: writeDuration,
    allowed,
  }
}

export function rate(bounds: { positive?: boolean } = {}): Kind<number> {
  const allowed = `a rate ${bounds.positive ? 'above 0' : 'of 0 or more'} like 100/s, 55.6/s or 200/m`
  return {
    parse(value) {
      const perSecond = parseRate(value)
      return typeof perSecond !== 'number' || perSecond > 0 || !bounds.positive ? perSecond : bad(value, allowed)
    },
    write: value => `${value}/s`,
    allowed,
  }
}

/** What a search raises: a rate per second, or a number of sessions. */
export const amount: Kind<number> = {
  parse(value) {
    const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : parseRate(value)
    return typeof number !== 'number' || number > 0 ? number : bad(value, amount.allowed)
  },
  write: String,
  allowed: 'a rate like 40/s, for sessions a number like 500',
}

export function integer(min: number, max: number, example: number): Kind<number> {
  const allowed = `a whole number from ${min} to ${max}, for example ${example}`
  return {
    parse(value) {
      const number = Number(value)
      return /^\d+$/.test(value) && number >= min && number <= max ? number : bad(value, allowed)
    },
    write: String,
    allowed,
  }
}

export function positiveNumber(max: number): Kind<number> {
  const allowed = `a number above 0, up to ${max}`
  return {
    parse(value) {
      const number = Number(value)
      return /^\d+(\.\d+)?$/.test(value) && number > 0 && number <= max ? number : bad(value, allowed)
    },
    write: String,
    allowed,
  }
}

export function oneOf<const Word extends string>(...words: Word[]): Kind<Word> {
  const allowed = words.join(', ')
  return {
    parse: value => words.find(word => word === value) ?? bad(value, allowed),
    write: value => value,
    allowed,
  }
}

function bad(value: string, allowed: string): BadInput {
  return { error: `'${value}' is not allowed; allowed: ${allowed}` }
}

/** k6 has no URL class; what is left to see is whether the host answers. */
function isUrl(value: string): boolean {
  return /^https?:\/\/[^\s/?#]+(\/[^\s?#]*)?$/.test(value)
}

function parseModeMix(value: string): ModeMix | BadInput {
  const parts = value.split(',').map(part => /^([a-z-]+)(?::(\d*\.?\d+))?$/.exec(part.trim()))
  const mix: ModeMix = []
  for (const part of parts) {
    const mode = [...pushModes, 'off' as const].find(known => known === part?.[1])
    const share = part?.[2] === undefined ? 1 : Number(part[2])
    if (mode === undefined || mix.some(other => other.mode === mode)) return bad(value, modeMix.allowed)
    mix.push({ mode, share })
  }
  const total = mix.reduce((sum, part) => sum + part.share, 0)
  return Math.abs(total - 1) < 1e-6 ? mix : { error: `'${value}': the shares add up to ${total}, not to 1` }
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

export function writeDuration(ms: number): string {
  const unit = ms === 0 ? undefined : units.find(([, length]) => ms % length === 0)
  return unit ? `${ms / unit[1]}${unit[0]}` : ms === 0 ? '0s' : `${ms}ms`
}

function writeDistribution(value: Distribution): string {
  const words = (...ms: number[]) => ms.map(writeDuration).join(',')
  switch (value.kind) {
    case 'const':
      return `const(${words(value.valueMs)})`
    case 'uniform':
      return `uniform(${words(value.fromMs, value.toMs)})`
    case 'exp':
      return `exp(${words(value.meanMs)})`
    case 'lognorm':
      return `lognorm(${words(value.p50Ms, value.p99Ms)})`
    case 'bimodal':
      return `bimodal(${words(value.firstMs, value.secondMs)},${value.share})`
  }
}
