/** A final, unmasked text frame of RFC 6455, as a server sends it: how many bytes it takes. */
export function frameBytes(textBytes: number): number {
  return textBytes + (textBytes < 126 ? 2 : textBytes < 65_536 ? 4 : 10)
}

/** Writes the frame at this place. @returns the place behind it. */
export function writeFrame(target: Buffer, at: number, text: string, textBytes: number): number {
  target[at] = 0x81
  if (textBytes < 126) {
    target[at + 1] = textBytes
    return at + 2 + target.write(text, at + 2)
  }
  if (textBytes < 65_536) {
    target[at + 1] = 126
    target.writeUInt16BE(textBytes, at + 2)
    return at + 4 + target.write(text, at + 4)
  }
  target[at + 1] = 127
  target.writeBigUInt64BE(BigInt(textBytes), at + 2)
  return at + 10 + target.write(text, at + 10)
}
