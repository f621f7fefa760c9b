const blockBytes = 512

/**
 * The content of the first regular file of a tar whose path ends with `/<name>`: all that a k6 release archive needs.
 * @throws when the archive ends early or is no tar.
 */
export function tarMember(tar: Buffer, name: string): Buffer | undefined {
  for (let at = 0; at + blockBytes <= tar.length; ) {
    const header = tar.subarray(at, at + blockBytes)
    if (header.every(byte => byte === 0)) return undefined
    const path = textField(header, 0, 100)
    const size = Number.parseInt(textField(header, 124, 12), 8)
    if (Number.isNaN(size)) throw new Error('the archive is no tar')
    const content = tar.subarray(at + blockBytes, at + blockBytes + size)
    if (content.length < size) throw new Error('the archive ends in the middle of a file')
    const isRegular = header[156] === 0x30 || header[156] === 0
    if (isRegular && (path === name || path.endsWith(`/${name}`))) return content
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes
  }
  throw new Error('the archive ends without its end mark')
}

function textField(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.toString('latin1', 0, end === -1 ? length : end).trim()
}
