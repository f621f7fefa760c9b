import { seededUniform } from '../../protocol/seeded.ts'
import type { Random } from '../random.ts'

/** Repeatable randomness; for tests and for what must be equal in a repeated run, never for keys outside tests. */
export function createSeededRandom(seed: number, stream: string): Random {
  const next = seededUniform(seed, stream)
  return {
    next,
    hex(bytes) {
      let text = ''
      for (let i = 0; i < bytes; i++) text += ((next() * 256) | 0).toString(16).padStart(2, '0')
      return text
    },
  }
}
