import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface NamedSchema {
  /** File name without `.schema.json`: `request-chat-answer`. It is also the kind of the message. */
  name: string
  schema: { $id: string; title: string; description: string; 'x-source'?: string; [keyword: string]: unknown }
}

export const schemaFolder = import.meta.dirname

/** Parts that other schemas refer to; nobody sends them alone. */
export const partNames: readonly string[] = ['answer-members', 'push-message', 'bayeux-advice', 'bayeux-reply']

/** What we write ourselves: no message, so no rule, no kind and no example. */
export const resultNames: readonly string[] = ['result', 'conformance-result', 'search-result']

export function readSchemas(): NamedSchema[] {
  return readdirSync(schemaFolder)
    .filter(file => file.endsWith('.schema.json'))
    .sort()
    .map(file => ({
      name: file.slice(0, -'.schema.json'.length),
      schema: JSON.parse(readFileSync(join(schemaFolder, file), 'utf8')),
    }))
}
