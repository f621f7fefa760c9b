// Final, unmasked text frames of RFC 6455, as a server sends them.

/** Whether a text takes one byte a character. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** The frame of such a text, one character for each of its bytes: a socket takes it without a copy in between. */
export function asciiFrame(text: string): string {
  return head(text.length) + text
}

/** The frames of any texts, one behind the other. */
export function frames(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap(text => {
      const payload = Buffer.from(text)
      return [Buffer.from(head(payload.length), 'latin1'), payload]
    }),
  )
}

function head(payloadBytes: number): string {
  if (payloadBytes < 126) return String.fromCharCode(0x81, payloadBytes)
  if (payloadBytes < 65_536) return String.fromCharCode(0x81, 126, payloadBytes >> 8, payloadBytes & 0xff)
  const lower = [24, 16, 8, 0].map(shift => (payloadBytes >>> shift) & 0xff)
  // Nothing of 4 GiB ever waits in one piece.
  return String.fromCharCode(0x81, 127, 0, 0, 0, 0, ...lower)
}
