import { cases } from '../../case.ts'
import { fileIdIn, limitsIn } from '../../story/files.ts'
import { chatAtEndpoint, chatWithAgent, uploaded } from './chat-with-agent.ts'

const endpoint = '/genesys/2/chat-ntf'
const form = (fields: Record<string, string>) => ({
  path: endpoint,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

const ten = [
  'delete-file',
  'download-attempts',
  'upload-file-types',
  'upload-max-file-size',
  'upload-max-files',
  'upload-max-total-size',
  'upload-need-agent',
  'used-download-attempts',
  'used-upload-max-files',
  'used-upload-max-total-size',
]

export const limits = cases('files', 'limits', [
  {
    id: 'CV2-160/all-four',
    title: 'the file endpoint serves limits, upload, download and deletion of a chat that its key names',
    rules: ['CV2-160'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { must } = story
      const files = await chatAtEndpoint(story)
      must.ok(await files.limits())
      const answer = await files.upload({ content: 'four calls' })
      must.ok(answer)
      must.equal((await files.download(fileIdIn(answer))).text, 'four calls')
      must.ok(await files.delete(fileIdIn(answer)))
    },
  },
  {
    id: 'CV2-160/key-of-cometd',
    title: 'the key of a CometD chat names it at the file endpoint, at once and after other operations',
    rules: ['CV2-160'],
    async run({ customer, comet, must }) {
      must.ok(await comet.requestChat())
      must.ok(await customer.filesOf(comet.secureKey).limits())
      must.ok(await comet.send('and the limits again'))
      must.ok(await customer.filesOf(comet.secureKey).limits())
    },
  },
  {
    id: 'CV2-161/operation-missing',
    title: 'a request to the file endpoint without an operation is answered 400 with 9001',
    rules: ['CV2-161'],
    async run({ customer, must }) {
      must.status(await customer.http(form({ secureKey: 'no-key' })), 400, 9001)
      must.status(await customer.http(form({ secureKey: 'no-key', operation: '' })), 400, 9001)
    },
  },
  {
    id: 'CV2-161/key-missing',
    title: 'a request to the file endpoint without a secureKey is answered 400 with 9001',
    rules: ['CV2-161'],
    async run({ customer, must }) {
      for (const operation of ['fileGetLimits', 'fileDownload', 'fileDelete'])
        must.status(await customer.http(form({ operation })), 400, 9001)
    },
  },
  {
    id: 'CV2-161/unknown-operation',
    title: 'an operation that the file endpoint does not know is answered 400 with 9004',
    rules: ['CV2-161'],
    async run({ customer, must }) {
      for (const operation of ['fileGetsLimits', 'fileget', 'send'])
        must.status(await customer.http(form({ operation, secureKey: 'no-key' })), 400, 9004)
    },
  },
  {
    id: 'CV2-162/notice',
    title: 'the file limits come as one Notice of the client with the text file-client-cfg-get',
    rules: ['CV2-162'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const { messages } = await customer.files.limits()
      const from = { nickname: 'Ann Bee', participantId: 1, partyType: 'Client' as const }
      must.haveTypes(messages, ['Notice'])
      must.haveEvent(messages, { type: 'Notice', text: 'file-client-cfg-get', ...from })
      must.equal(messages[0]!.index, undefined)
    },
  },
  {
    id: 'CV2-162/no-event',
    title: 'asking for the file limits leaves the transcript as it is',
    rules: ['CV2-162'],
    async run({ customer, must }) {
      const { nextPosition } = await customer.requestChat()
      must.ok(await customer.files.limits())
      must.equal((await customer.refresh(nextPosition)).nextPosition, nextPosition)
    },
  },
  {
    id: 'CV2-163/ten',
    title: 'the file limits are ten, each a text that is not empty',
    rules: ['CV2-163'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const found = limitsIn(await customer.files.limits())
      must.equal(
        ten.filter(name => typeof found[name] !== 'string' || found[name] === ''),
        [],
      )
    },
  },
  {
    id: 'CV2-163/as-configured',
    title: 'a limit is told as it is configured at that moment',
    rules: ['CV2-163'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      must.ok(await customer.requestChat())
      must.ok(await customer.files.limits())
      await server.set('client-file-transfer', 'upload-max-files', '7')
      await server.set('client-file-transfer', 'upload-file-types', 'txt:md')
      const found = limitsIn(await customer.files.limits())
      must.equal([found['upload-max-files'], found['upload-file-types']], ['7', 'txt:md'])
    },
  },
  {
    id: 'CV2-164/counts',
    title: 'the used limits count what was uploaded and downloaded in this session',
    rules: ['CV2-164'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const used = async () => {
        const found = limitsIn(await customer.files.limits())
        return ['upload-max-files', 'upload-max-total-size', 'download-attempts'].map(name => found[`used-${name}`])
      }
      must.equal(await used(), ['0', '0', '0'])
      const fileId = await uploaded(customer.files, must, { content: 'twelve bytes' })
      await uploaded(customer.files, must, { content: 'four' })
      for (let n = 0; n < 3; n++) await customer.files.download(fileId)
      must.equal(await used(), ['2', '16', '3'])
    },
  },
  {
    id: 'CV2-164/other-session',
    title: 'what one session uploads and downloads does not count in another one',
    rules: ['CV2-164'],
    needs: ['agent'],
    async run(story) {
      const { customer, anotherCustomer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      await customer.files.download(fileId)
      const other = anotherCustomer()
      must.ok(await other.requestChat())
      const found = limitsIn(await other.files.limits())
      must.equal([found['used-upload-max-files'], found['used-download-attempts']], ['0', '0'])
    },
  },
  {
    id: 'CV2-164/refused-uploads',
    title: 'an upload that was refused counts neither as a file nor with its bytes',
    rules: ['CV2-164'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      must.decline(await customer.files.upload({ name: 'tool.exe', content: 'refused' }))
      const found = limitsIn(await customer.files.limits())
      must.equal([found['used-upload-max-files'], found['used-upload-max-total-size']], ['0', '0'])
    },
  },
])
