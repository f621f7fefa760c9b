/** FNV-1a with a final avalanche: neighbouring seeds and names must not give neighbouring states. */
function hash(text: string, basis: number): number {
  let value = (0x811c9dc5 ^ basis) >>> 0
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/**
 * Uniform numbers in [0, 1) of 32 bits, equal for equal seed and stream on every machine (sfc32). Each purpose takes a
 * stream of its own, so that a new random choice in one place does not shift all others.
 */
export function seededUniform(seed: number, stream: string): () => number {
  const name = `${seed}/${stream}`
  let a = hash(name, 1)
  let b = hash(name, 2)
  let c = hash(name, 3)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
  // sfc32 needs some rounds until the three hashes are mixed.
  for (let round = 0; round < 12; round++) next()
  return next
}
