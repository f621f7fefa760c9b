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

export function pushSections(reader: OptionReader): PushSections {
  const sections = new Set(reader.sections())
  return {
    enabledTypes: new Set(reader.list('push', 'pushEnabled')),
    hasSection: name => sections.has(name),
    option: (section, name) => reader.own(section, name),
  }
}
