import type { BayeuxMessage } from './message.ts'
import { isObject } from './message.ts'

/** What a message says about one extension; undefined = nothing. */
export function extOf({ ext }: BayeuxMessage, name: string): unknown {
  return isObject(ext) ? ext[name] : undefined
}

/** @param members of `ext`, ready to be written; '' = none of this extension's. */
export function withExt(reply: string, ...members: readonly string[]): string {
  const present = members.filter(member => member !== '')
  return present.length === 0 ? reply : `${reply.slice(0, -1)},"ext":{${present.join()}}}`
}
