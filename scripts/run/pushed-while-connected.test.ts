import { expect, test } from 'vitest'
import { loadConfiguration } from '../../reference-server/configuration/configuration.ts'
import { parseOptions } from '../../scenarios/options.ts'
import { assertPushedWhileConnected } from './pushed-while-connected.ts'

const log = { debug() {}, info() {}, warn() {}, error() {} }

function check(set: string, ...given: [string, string][]): void {
  const { options } = parseOptions(given, 'async-chat')
  assertPushedWhileConnected(loadConfiguration({ set: [set], log }), options!)
}

test.each(['chat', 'chat.customer-support'])(
  '[PUSH-111] customers that are connected cannot be expected to be pushed where %s says that they are not',
  section => {
    const set = `${section}.push_notification_to_active_client=false`
    expect(() => check(set, ['transport', 'websocket'])).toThrow(
      /^--transport websocket: .*is false.*PUSH-111.*--push off/,
    )
    check(set)
    check(set, ['transport', 'websocket'], ['push', 'off'])
    check('chat.enable_notification_mode=true', ['transport', 'long-polling'])
  },
)
