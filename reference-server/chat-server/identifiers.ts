import type { Random } from '../random.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const scratch = Buffer.alloc(16)

/** 16 characters [0-9A-Za-z] (CV2-078), written as one flat string: a concatenation would keep all its pieces. */
export function makeChatId(random: Random): string {
  let value = 0
  for (let i = 0; i < 16; i++) {
    // One draw of 32 bits gives five letters: 62^5 < 2^32.
    if (i % 5 === 0) value = Math.floor(random.next() * 916_132_832)
    scratch[i] = letters.charCodeAt(value % 62)
    value = Math.floor(value / 62)
  }
  return scratch.toString('latin1')
}

/** 16 upper-case hex digits. */
export function makeUserId(random: Random): string {
  return random.hex(8).toUpperCase()
}

/** 20 lower-case hex digits, the raw REST key. */
export function makeSecureKey(random: Random): string {
  return random.hex(10)
}
