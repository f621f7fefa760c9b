import type { Writable } from 'node:stream'
import type { Dicer } from '@fastify/busboy'

type PartHeaders = Partial<Record<string, string[]>>

/**
 * The content type of the part that the parser is at, as it was sent. Its own word for it has lost the parameters, a charset
 * for instance, and it has no other way to ask for them than to listen where it listens itself.
 */
export function typesAsSent(parser: Writable): () => string {
  let type = ''
  const { parser: parts } = (parser as unknown as { _parser: { parser: Dicer } })._parser
  parts.prependListener('part', (part: NodeJS.EventEmitter) =>
    part.prependListener('header', (headers: PartHeaders) => {
      type = headers['content-type']?.[0] ?? ''
    }),
  )
  return () => type
}

const token = '[\\w!#$&^.+-]+'
const parameter = `\\s*;\\s*${token}=(?:${token}|"[ !#-[\\]-~]*")`
const bare = new RegExp(`^${token}/${token}$`)
const whole = new RegExp(`^${token}/${token}(?:${parameter})*$`)

/**
 * What a download says about itself (CV2-174). It becomes a header, so what is no type is none.
 * @param known what the parser makes of it: without parameters, and with the default.
 */
export function fileType(asSent: string, known: string): string {
  if (asSent.length <= 255 && whole.test(asSent)) return asSent
  return known.length <= 127 && bare.test(known) ? known : 'application/octet-stream'
}
