import { randomFillSync } from 'node:crypto'
import type { Random } from '../random.ts'

/** Keys come from the CSPRNG; it is asked for a pool at a time, because one call costs more than a whole session's ids. */
const poolBytes = 4096

export function createCryptoRandom(): Random {
  const pool = Buffer.alloc(poolBytes)
  let used = poolBytes
  function take(bytes: number): number {
    if (bytes > poolBytes) throw new Error(`at most ${poolBytes} random bytes at once, not ${bytes}`)
    if (used + bytes > poolBytes) {
      randomFillSync(pool)
      used = 0
    }
    used += bytes
    return used - bytes
  }
  return {
    next: () => pool.readUInt32LE(take(4)) / 4_294_967_296,
    hex(bytes) {
      const from = take(bytes)
      return pool.toString('hex', from, from + bytes)
    },
  }
}
