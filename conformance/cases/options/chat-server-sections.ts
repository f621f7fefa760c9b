import { cases } from '../../case.ts'
import { documentedValues } from './documented-values.ts'

const section = 'inactivity-control'
const alertText = 'Chat session will be closed soon due to inactivity of chat participants.'
const closeText = 'Chat session closed due to inactivity of chat participants.'
const upload = { valid: ['0', '1073741823'], invalid: ['-1', '1073741824', '2M'] }

export const chatServerSections = cases('options', 'chat-server-sections', [
  {
    id: 'OPT-060/off-by-default',
    title: 'a regular chat in which nobody writes for hours is neither alerted nor closed by default',
    rules: ['OPT-060'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set(section, 'enabled', undefined)
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await clock.advance('20h')
      must.haveTypes(
        (await sink.pushes()).flatMap(push => push.event ?? []),
        ['ParticipantJoined'],
      )
    },
  },
  documentedValues('OPT-060', section, 'enabled', {
    byDefault: 'false',
    valid: ['true', 'false'],
    invalid: ['1', 'on'],
  }),
  {
    id: 'OPT-061/default-texts',
    title: 'the alert and the close of an asynchronous chat have the documented texts by default',
    rules: ['OPT-061'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set(section, 'message-alert', undefined)
      await server.set(section, 'message-close', undefined)
      await customer.requestChat({ push: 'payload', async: true })
      await clock.advance('25h')
      must.equal(
        (await sink.pushes()).slice(0, 2).map(push => push.event?.text),
        [alertText, closeText],
      )
    },
  },
  {
    id: 'OPT-061/own-texts',
    title: 'an asynchronous chat is told what message-alert and message-close say',
    rules: ['OPT-061'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set(section, 'message-alert', 'Noch da? – «ja» oder «nein»')
      await server.set(section, 'message-close', 'до свидания')
      await customer.requestChat({ push: 'payload', async: true })
      await clock.advance('25h')
      must.equal(
        (await sink.pushes()).slice(0, 2).map(push => push.event?.text),
        ['Noch da? – «ja» oder «nein»', 'до свидания'],
      )
    },
  },
  documentedValues('OPT-061', section, 'message-alert', { byDefault: alertText, valid: ['', 'Noch da?'] }, 'alert'),
  documentedValues('OPT-061', section, 'message-close', { byDefault: closeText, valid: ['', 'Aus.'] }, 'close'),
  {
    id: 'OPT-062/asynchronous',
    title: 'with empty message-alert and message-close an asynchronous chat ends without a notice',
    rules: ['OPT-062'],
    needs: ['time control', 'configuration', 'push sink'],
    async run({ customer, sink, server, clock, must }) {
      await server.set(section, 'message-alert', '')
      await server.set(section, 'message-close', '')
      await customer.requestChat({ push: 'payload', async: true })
      await clock.advance('24h')
      await sink.none()
      await clock.advance('1h')
      must.equal((await sink.nextPush()).event?.type, 'ParticipantLeft')
    },
  },
  {
    id: 'OPT-062/regular',
    title: 'with an empty message-alert a regular chat is closed without an alert',
    rules: ['OPT-062'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set(section, 'enabled', 'true')
      await server.set(section, 'message-alert', '')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      await clock.advance('5m')
      must.equal((await sink.nextPush()).event?.type, 'IdleClose')
    },
  },
  {
    id: 'OPT-063/defaults',
    title: 'a regular chat is alerted after 255 s and closed 45 s later by default, with no second alert',
    rules: ['OPT-063'],
    needs: ['time control', 'configuration', 'push sink', 'agent'],
    async run({ customer, agent, sink, server, clock, must }) {
      await server.set(section, 'enabled', 'true')
      await customer.requestChat({ push: 'payload' })
      await agent.joins()
      await sink.nextPush()
      for (const [almost, type] of [
        ['254s', 'IdleAlert'],
        ['44s', 'IdleClose'],
      ] as const) {
        await clock.advance(almost)
        await sink.none()
        await clock.advance('1s')
        must.equal((await sink.nextPush()).event?.type, type)
      }
    },
  },
  documentedValues(
    'OPT-063',
    section,
    'timeout-alert',
    { byDefault: '255', valid: ['1', '86400'], invalid: ['0', '86401', 'abc'] },
    'alert',
  ),
  documentedValues(
    'OPT-063',
    section,
    'timeout-alert2',
    { byDefault: '0', valid: ['0', '86400'], invalid: ['-1', '86401', 'abc'] },
    'alert2',
  ),
  documentedValues(
    'OPT-063',
    section,
    'timeout-close',
    { byDefault: '45', valid: ['1', '86400'], invalid: ['0', '86401', 'abc'] },
    'close',
  ),
  documentedValues(
    'OPT-070',
    'client-file-transfer',
    'upload-max-files',
    { byDefault: '3', valid: ['0', '1000'], invalid: ['-1', '1001', 'abc'] },
    'files',
  ),
  documentedValues(
    'OPT-070',
    'client-file-transfer',
    'upload-max-file-size',
    { byDefault: '2097152', ...upload },
    'file-size',
  ),
  documentedValues(
    'OPT-070',
    'client-file-transfer',
    'upload-max-total-size',
    { byDefault: '5242880', ...upload },
    'total-size',
  ),
  documentedValues(
    'OPT-071',
    'client-file-transfer',
    'upload-need-agent',
    { byDefault: 'true', valid: ['false', 'true'], invalid: ['0', 'no'] },
    'need-agent',
  ),
  documentedValues(
    'OPT-071',
    'client-file-transfer',
    'upload-file-types',
    { byDefault: 'bmp:csv:doc:docx:gif:htm:jpg:pdf:png:ppt:pptx:tif:txt:xls:xlsx', valid: ['pdf', ''] },
    'file-types',
  ),
  documentedValues(
    'OPT-071',
    'client-file-transfer',
    'download-attempts',
    { byDefault: '10', valid: ['0', '99'], invalid: ['-1', 'abc'] },
    'downloads',
  ),
  documentedValues('OPT-071', 'client-file-transfer', 'delete-file', { byDefault: 'odd', valid: ['even'] }, 'delete'),
])
