import { expect, test } from 'vitest'
import type { Log } from '../log.ts'
import { loadConfiguration } from './configuration.ts'

const log: Log = { debug() {}, info() {}, warn() {}, error() {} }
const shown = (section: string, option: string, value?: string) => {
  const text = value === undefined ? '' : `[${section}]\n${option} = ${value}\n`
  const {
    value: inForce,
    origin,
    takesEffect,
  } = loadConfiguration({ text, log })
    .effective()
    .find(each => each.section === section && each.option === option)!
  return { inForce, origin, takesEffect }
}

// Typed by hand from the documentation: default, lowest and highest value.
test.each([
  ['[OPT-020]', 'settings', 'flex-disconnect-timeout', '45', '1', '1728000'],
  ['[OPT-022]', 'settings', 'flex-push-timeout', '300', '1', '1728000'],
  ['[OPT-026]', 'settings', 'flex-push-resend-delay', '15', '1', '86400'],
  ['[OPT-027]', 'settings', 'flex-push-resend-attempts', '10', '0', '1000000'],
  ['[OPT-030]', 'settings', 'async-idle-alert', '86400', '1', '1728000'],
  ['[OPT-031]', 'settings', 'async-idle-close', '3600', '1', '1728000'],
  ['[OPT-051]', 'settings', 'limit-for-sessions', '1000', '0', '1000000'],
  ['[OPT-052]', 'settings', 'limit-for-flex-users', '1001', '0', '1000000'],
  ['[OPT-053]', 'settings', 'limits-restore-threshold', '80', '0', '100'],
  ['[OPT-063]', 'inactivity-control', 'timeout-alert', '255', '1', '86400'],
  ['[OPT-063]', 'inactivity-control', 'timeout-alert2', '0', '0', '86400'],
  ['[OPT-063]', 'inactivity-control', 'timeout-close', '45', '1', '86400'],
  ['[OPT-070]', 'client-file-transfer', 'upload-max-files', '3', '0', '1000'],
  ['[OPT-070]', 'client-file-transfer', 'upload-max-file-size', '2097152', '0', '1073741823'],
  ['[OPT-070]', 'client-file-transfer', 'upload-max-total-size', '5242880', '0', '1073741823'],
])('%s [%s] %s is %s by default and may be %s to %s, immediately', (_rule, section, option, normal, least, most) => {
  expect(shown(section, option)).toEqual({ inForce: normal, origin: 'default', takesEffect: 'immediately' })
  for (const allowed of [least, most]) expect(shown(section, option, allowed)).toMatchObject({ inForce: allowed })
  for (const beyond of [Number(least) - 1, Number(most) + 1])
    expect(shown(section, option, String(beyond))).toMatchObject({ inForce: normal, origin: 'invalid' })
})

test.each([
  ['[OPT-021]', 'settings', 'flex-push-enabled', 'true', 'immediately'],
  ['[OPT-023]', 'settings', 'flex-push-on-join', 'false', 'immediately'],
  ['[OPT-028]', 'settings', 'shutdown-notify-flex-push', '0', 'immediately'],
  ['[OPT-041]', 'settings', 'session-restore-push-send', 'false', 'immediately'],
  ['[OPT-050]', 'settings', 'limits-control-enabled', 'false', 'immediately'],
  ['[OPT-060]', 'inactivity-control', 'enabled', 'false', 'immediately'],
  ['[OPT-071]', 'client-file-transfer', 'upload-need-agent', 'true', 'immediately'],
  ['[OPT-071]', 'client-file-transfer', 'download-attempts', '10', 'immediately'],
  ['[OPT-071]', 'client-file-transfer', 'delete-file', 'odd', 'immediately'],
  [
    '[OPT-071]',
    'client-file-transfer',
    'upload-file-types',
    'bmp:csv:doc:docx:gif:htm:jpg:pdf:png:ppt:pptx:tif:txt:xls:xlsx',
    'immediately',
  ],
  ['[OPT-080]', 'chat', 'enable_notification_mode', 'false', 'after restart'],
  ['[OPT-082]', 'chat', 'push_notification_include_payload', 'false', 'immediately'],
  ['[OPT-083]', 'chat', 'push_notification_to_active_client', 'true', 'after restart'],
  ['[OPT-090]', 'push', 'pushEnabled', 'comet', 'after restart'],
  ['[OPT-095]', 'push', 'filtering_chat_events', 'Notice.TypingStarted,Notice.TypingStopped', 'immediately'],
])('%s [%s] %s is %s by default, a change takes effect %s', (_rule, section, option, inForce, takesEffect) => {
  expect(shown(section, option)).toEqual({ inForce, origin: 'default', takesEffect })
})

test.each([
  ['[OPT-032]', 'async-idle-notices', 'major', ['none', 'major', 'major2', 'typing', 'all']],
  ['[OPT-040]', 'session-restore-extend-by', 'none', ['none', 'agent', 'esp', 'both']],
  ['[OPT-028]', 'shutdown-notify-flex-push', '0', ['0', '1']],
])('%s %s is %s by default and takes its own words only', (_rule, option, normal, words) => {
  for (const word of words) expect(shown('settings', option, word)).toMatchObject({ inForce: word })
  for (const wrong of ['2', 'Major', 'any'])
    expect(shown('settings', option, wrong)).toMatchObject({ inForce: normal, origin: 'invalid' })
})

test.each(['10', 'abc', '29'])('[OPT-094] defaultSubscriptionExpiration=%s is 30', value => {
  expect(shown('push', 'defaultSubscriptionExpiration', value)).toMatchObject({ inForce: '30', origin: 'invalid' })
})
