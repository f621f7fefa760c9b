import { constants } from 'node:buffer'
import { expect, test } from 'vitest'
import { loadConfiguration } from './configuration/configuration.ts'
import { bayeuxOptions } from './configured-bayeux.ts'

function read(...set: string[]) {
  const warnings: string[] = []
  const say = (line: string) => void warnings.push(line)
  const log = { debug: say, info: say, warn: say, error: say }
  return { options: bayeuxOptions(loadConfiguration({ set, log }).reader('gms-1')), warnings }
}

test('[OPT-110] the CometD endpoint has the defaults of CometD 3.1, and bounds', () => {
  expect(read()).toEqual({
    warnings: [],
    options: {
      path: '/genesys/cometd',
      profile: 'cometd3',
      isStrict: false,
      allowedTransports: ['websocket', 'long-polling', 'callback-polling'],
      timeoutMs: 30_000,
      intervalMs: 0,
      maxIntervalMs: 10_000,
      maxQueue: 1000,
      maxQueueBytes: 4_194_304,
      maxQueueBytesInTotal: 268_435_456,
      maxMessageBytes: 2_097_152,
      maxSocketMessageBytes: 65_536,
      maxSessions: 200_000,
      maxSessionsPerBrowser: 1,
      multiSessionIntervalMs: 2000,
      trustClientSession: false,
      duplicateConnectStatus: 500,
      cookie: {
        name: 'BAYEUX_BROWSER',
        path: '/',
        domain: '',
        maxAge: -1,
        httpOnly: true,
        secure: false,
        sameSite: '',
      },
      corsOrigins: [],
      socketOrigins: [],
      compression: false,
      maxCompressedSockets: 1000,
      idleTimeoutMs: 300_000,
      acknowledgement: false,
      timesync: false,
      echo: false,
    },
  })
})

test('they are set by the names that CometD has for them', () => {
  const { options, warnings } = read(
    'refserver.cometd.path=chat/cometd/',
    'refserver.cometd.maxSessionsPerBrowser=-1',
    'refserver.cometd.ws.permessage-deflate=true',
    'refserver.cometd.browserCookieSameSite=Lax',
    'refserver.echo=true',
  )
  expect(warnings).toEqual([])
  expect(options).toMatchObject({ path: '/chat/cometd', maxSessionsPerBrowser: -1, compression: true, echo: true })
  expect(options.cookie).toMatchObject({ sameSite: 'Lax' })
})

test('[OPT-006] what is not allowed is said, and the default holds', () => {
  const { options, warnings } = read('refserver.cometd.timeout=-1', 'refserver.cometd.maxSessionsPerBrowser=-2')
  expect([options.timeoutMs, options.maxSessionsPerBrowser]).toEqual([30_000, 1])
  expect(warnings).toEqual([
    expect.stringContaining('an integer from 1 to 3600000'),
    expect.stringContaining('an integer from -1 to'),
  ])
})

test('a message is never allowed to be longer than the longest text, which ws takes for a limit, too', () => {
  const most = constants.MAX_STRING_LENGTH
  const sizes = (bytes: number) =>
    read(...['cometd.maxMessageSize', 'cometd.ws.maxMessageSize'].map(option => `refserver.${option}=${bytes}`))
  const { options, warnings } = sizes(most)
  expect([options.maxMessageBytes, options.maxSocketMessageBytes, warnings]).toEqual([most, most, []])
  // It keeps its limit in 32 bits; what has none left of it would be unlimited.
  expect(most | 0).toBe(most)
  const beyond = sizes(most + 1)
  expect([beyond.options.maxMessageBytes, beyond.options.maxSocketMessageBytes]).toEqual([2_097_152, 65_536])
  expect(beyond.warnings).toEqual(
    ['2097152', '65536'].map(size =>
      expect.stringContaining(`an integer from 1 to ${most}; the default ${size} is used`),
    ),
  )
})
