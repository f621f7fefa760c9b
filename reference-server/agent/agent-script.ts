import { type Distribution, parseDistribution } from '../../protocol/distribution.ts'
import type { BadInput } from '../../protocol/duration.ts'
import { nearest } from '../../protocol/nearest.ts'
import type { AgentScript } from '../actors.ts'

export const defaultScript: AgentScript = {
  seed: 1,
  joinDelay: { kind: 'const', valueMs: 0 },
  replyDelay: { kind: 'const', valueMs: 0 },
  ratePerSecond: 0,
  typing: false,
  pushUrlShare: 0,
  transferShare: 0,
  closes: true,
  textLength: 40,
}

const optionalNames = ['run', 'startMs']
const longestText = 4_000

/** Reads a script from JSON, for the control API; what is absent has its default. Distributions are texts. */
export function readAgentScript(json: unknown): AgentScript | BadInput {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { error: 'a script is a JSON object' }
  const script: Record<string, unknown> = { ...defaultScript }
  const names = [...Object.keys(defaultScript), ...optionalNames]
  for (const [name, value] of Object.entries(json)) {
    if (!names.includes(name)) {
      const meant = nearest(name, names)
      return {
        error: `unknown member ${name}${meant ? ` (did you mean ${meant}?)` : ''}; known are ${names.join(', ')}`,
      }
    }
    const read = readMember(name, value)
    if (isBad(read)) return { error: `${name}: ${read.error}` }
    script[name] = read
  }
  return script as unknown as AgentScript
}

function readMember(name: string, value: unknown): unknown {
  switch (name) {
    case 'joinDelay':
    case 'replyDelay':
      return typeof value === 'string' ? parseDistribution(value) : { error: 'a distribution as text, as exp(2s)' }
    case 'typing':
    case 'closes':
      return typeof value === 'boolean' ? value : { error: 'true or false' }
    case 'run':
      return typeof value === 'string' ? value : { error: 'a text' }
    case 'pushUrlShare':
    case 'transferShare':
      return isNumber(value, 0, 1) ? value : { error: 'a number from 0 to 1' }
    case 'textLength':
      return isNumber(value, 0, longestText) ? value : { error: `a number from 0 to ${longestText}` }
    default:
      return isNumber(value, 0, Number.MAX_VALUE) ? value : { error: 'a number not below 0' }
  }
}

function isNumber(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max
}

function isBad(value: unknown): value is BadInput {
  return typeof value === 'object' && value !== null && 'error' in (value as Distribution | BadInput)
}
