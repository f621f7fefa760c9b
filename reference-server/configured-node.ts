import { readFileSync } from 'node:fs'
import type { OptionReader } from './actors.ts'
import type { NodeOptions } from './gms-node/node-options.ts'
import type { PushSections } from './push-sender/customhttp-targets.ts'

/** The documented options of a GMS node, as its parts ask for them (OPT-080 ff., OPT-090 ff., OPT-110). */
export function nodeOptions(reader: OptionReader): NodeOptions {
  return {
    hasService: service => reader.hasService(service),
    includePayload: service => reader.flag(`chat.${service}`, 'push_notification_include_payload'),
    credentials(service) {
      const username = reader.own(`chat.${service}`, 'refserver.auth-username')
      const password = reader.own(`chat.${service}`, 'refserver.auth-password')
      return username === undefined || password === undefined ? undefined : { username, password }
    },
    maxMessageBytes: () => reader.integer('refserver', 'max-message-bytes'),
    maxBodyBytes: () => reader.integer('refserver', 'max-body-bytes'),
    adminCredentials: () => ({
      username: reader.text('refserver', 'gms-username'),
      password: reader.text('refserver', 'gms-password'),
    }),
  }
}

/** CV2-155. @throws when only one of the two is set or a file cannot be read: a node without TLS is not what was asked. */
export function nodeTls(reader: OptionReader): { key: string; cert: string } | undefined {
  const read = (option: string) => {
    const file = reader.text('refserver', option)
    if (file === '') throw noFile(`refserver.${option} is not set, but the other half of the pair is`)
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      throw noFile(`refserver.${option}: ${(error as Error).message}`)
    }
  }
  const names = ['https-certificate', 'https-key']
  if (names.every(option => reader.text('refserver', option) === '')) return undefined
  return { cert: read('https-certificate'), key: read('https-key') }
}

/** With the code by which the program knows that a sentence is enough. */
function noFile(sentence: string): Error {
  return Object.assign(new Error(sentence), { code: 'ENOENT' })
}

export function pushSections(reader: OptionReader): PushSections {
  const sections = new Set(reader.sections())
  return {
    enabledTypes: new Set(reader.list('push', 'pushEnabled')),
    hasSection: name => sections.has(name),
    option: (section, name) => reader.own(section, name),
  }
}
