import { cases } from '../../case.ts'
import type { Answer } from '../../story/answer.ts'
import { type Files, fileIdIn, limitsIn } from '../../story/files.ts'
import type { Must } from '../../story/must.ts'
import { chatAtEndpoint, chatWithAgent, uploaded } from './chat-with-agent.ts'

/** What the two forms have in common: everything but tokens and positions. */
async function outcomes(files: Files, must: Must): Promise<unknown[]> {
  const brief = ({ status, statusCode, chatEnded, code }: Answer) => [status, statusCode, chatEnded, code]
  const fileId = await uploaded(files, must, { name: 'a.txt', content: 'in both forms' })
  return [
    brief(await files.upload({ name: 'tool.exe' })),
    limitsIn(await files.limits()),
    (await files.download(fileId)).text,
    brief(await files.download('00')),
    brief(await files.delete('00')),
    brief(await files.delete(fileId)),
    brief(await files.download(fileId)),
    limitsIn(await files.limits()),
  ]
}

export const bothForms = cases('files', 'both-forms', [
  {
    id: 'CV2-181/same-outcomes',
    title: 'the file calls of the REST form and those of the endpoint come to the same, right or wrong',
    rules: ['CV2-181'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { anotherCustomer, anotherAgent, must } = story
      const atEndpoint = await outcomes(await chatAtEndpoint(story), must)
      const other = anotherCustomer()
      must.ok(await other.requestChat())
      await anotherAgent().joins({ chatOf: other })
      must.equal(await outcomes(other.files, must), atEndpoint)
    },
  },
  {
    id: 'CV2-181/one-set-of-files',
    title: 'a chat has the same files in both forms of the API',
    rules: ['CV2-181'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { customer, must } = story
      const files = await chatAtEndpoint(story)
      const [here, there] = [await uploaded(files, must), await uploaded(customer.files, must, { content: 'by REST' })]
      must.equal((await files.download(there)).text, 'by REST')
      must.equal((await customer.files.download(here)).text, 'hello')
      must.equal(limitsIn(await customer.files.limits()), limitsIn(await files.limits()))
    },
  },
  {
    id: 'CV2-181/missing-members',
    title: 'the file calls of the REST form need secureKey, userId, alias and, for an upload, a file',
    rules: ['CV2-181'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      for (const field of ['secureKey', 'userId', 'alias'])
        must.status(await customer.files.post('fileGetLimits', { [field]: undefined }), 400, 9001)
      must.status(await customer.files.post('fileUpload'), 400, 9001)
      must.ok(await customer.files.limits())
    },
  },
  {
    id: 'CV2-181/unknown-service',
    title: 'a file call to an unknown service is answered 404 with 9003, to an unknown path 404 with 9004',
    rules: ['CV2-181'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const path = customer.path('file')
      const limits = (at: string) => customer.http({ path: at, headers: form, body: 'secureKey=x&userId=x&alias=1' })
      must.status(await limits(path.replace(/\/chat\/[^/]+/, '/chat/no-such-service')), 404, 9003)
      for (const other of ['/sizes', '/00/open', '/00/download/now']) must.status(await limits(path + other), 404, 9004)
    },
  },
  {
    id: 'CV2-181/other-methods',
    title: 'a file call by another method than POST is answered 405',
    rules: ['CV2-181'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const path = customer.path('file')
      for (const at of [path, `${path}/limits`, `${path}/00/download`, '/genesys/2/chat-ntf'])
        must.status(await customer.http({ method: 'GET', path: at }), 405)
    },
  },
  {
    id: 'CV2-182/next-request',
    title: 'the key of a file answer is good for the next request',
    rules: ['CV2-182'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      // The customer keeps the newest key, whichever answer it came with.
      must.ok(await customer.files.limits())
      must.ok(await customer.send('after the limits'))
      const fileId = await uploaded(customer.files, must)
      must.ok(await customer.send('after the upload'))
      must.ok(await customer.files.delete(fileId))
      must.ok(await customer.send('after the deletion'))
    },
  },
  {
    id: 'CV2-182/at-endpoint',
    title: 'the key of an answer of the file endpoint is good for its next request, also where keys change each time',
    rules: ['CV2-182'],
    needs: ['agent', 'push sink', 'configuration'],
    async run(story) {
      const { server, must } = story
      const files = await chatAtEndpoint(story)
      await server.set('refserver', 'rotate-secure-key', 'every-response')
      await server.set('refserver', 'secure-key-grace', '0')
      const keys = [await files.limits(), await files.limits(), await files.upload()].map(answer => {
        must.ok(answer)
        return answer.body.secureKey
      })
      must.equal(new Set(keys).size, 3)
    },
  },
  {
    id: 'CV2-183/empty-file',
    title: 'an empty file is accepted and comes back empty',
    rules: ['CV2-183'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must, { content: '' })
      const answer = await customer.files.download(fileId)
      must.equal([answer.status, answer.bytes.length], [200, 0])
    },
  },
  {
    id: 'CV2-183/path-in-name',
    title: 'of a file name with path separators the last part is kept',
    rules: ['CV2-183'],
    needs: ['agent', 'configuration'],
    async run(story) {
      const { customer, server, must } = story
      await server.set('client-file-transfer', 'upload-max-files', '10')
      await chatWithAgent(story)
      const names = ['../../a.txt', '/etc/cron.d/b.txt', 'C:\\\\Users\\\\Ann\\\\c.txt', './d.txt', '..%2f..%2fe.txt']
      for (const name of names) await uploaded(customer.files, must, { name })
      const seen = (await customer.refresh()).messages.filter(event => event.type === 'FileUploaded')
      must.equal(
        seen.map(event => event.text),
        ['a.txt', 'b.txt', 'c.txt', 'd.txt', '..%2f..%2fe.txt'],
      )
    },
  },
  {
    id: 'CV2-184/agent-file',
    title: 'the customer downloads a file of the agent by the file-id of its event',
    rules: ['CV2-184'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      await agent.uploads({ name: 'offer.pdf', content: 'an offer', type: 'application/pdf' })
      const event = must.haveEvent(await customer.refresh(), { type: 'FileUploaded', partyType: 'Agent' })
      const answer = await customer.files.download(event.userData?.['file-id'] ?? '')
      must.status(answer, 200)
      must.equal(answer.text, 'an offer')
    },
  },
  {
    id: 'CV2-184/own-file',
    title: 'the customer downloads an own file by the file-id of its event and by that of the answer',
    rules: ['CV2-184'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const answer = await customer.files.upload({ content: 'my own' })
      const event = must.haveEvent(await customer.refresh(), { type: 'FileUploaded', participantId: 1 })
      for (const fileId of [fileIdIn(answer), event.userData?.['file-id'] ?? ''])
        must.equal((await customer.files.download(fileId)).text, 'my own')
      must.equal((await agent.opensFile(fileIdIn(answer)))?.toString(), 'my own')
    },
  },
  {
    id: 'CV2-185/forbidden',
    title: 'with client-file-delete false the customer cannot delete an own file, and it stays',
    rules: ['CV2-185'],
    needs: ['agent', 'configuration'],
    async run(story) {
      const { customer, server, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      await server.set('refserver', 'client-file-delete', 'false')
      must.edge.decline(await customer.files.delete(fileId), 9022)
      must.equal((await customer.files.download(fileId)).text, 'hello')
      must.haveNoEvent(await customer.refresh(), { type: 'FileDeleted' })
    },
  },
  {
    id: 'CV2-186/encodings',
    title: 'limits, download and deletion are accepted as multipart and as urlencoded form',
    rules: ['CV2-186'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { must } = story
      const files = await chatAtEndpoint(story)
      for (const encoding of ['multipart', 'urlencoded'] as const) {
        const fileId = await uploaded(files, must, { content: encoding })
        must.ok(await files.limits(encoding))
        must.equal((await files.download(fileId, encoding)).text, encoding)
        must.ok(await files.delete(fileId, encoding))
      }
    },
  },
  {
    id: 'CV2-186/file-id-in-query',
    title: 'the fileId of the endpoint may stand in the form or in the query',
    rules: ['CV2-186'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { customer, must } = story
      const files = await chatAtEndpoint(story)
      const answer = await files.upload({ content: 'by query' })
      must.ok(answer)
      const body = new URLSearchParams({ operation: 'fileDownload', secureKey: answer.body.secureKey ?? '' }).toString()
      const path = `/genesys/2/chat-ntf?fileId=${fileIdIn(answer)}`
      must.edge.equal((await customer.http({ path, headers: form, body })).text, 'by query')
    },
  },
  {
    id: 'CV2-186/other-types',
    title: 'a file call with another content type is answered 415',
    rules: ['CV2-186'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const json = { headers: { 'content-type': 'application/json' }, body: '{}' }
      for (const path of [customer.path('file'), `${customer.path('file')}/limits`, '/genesys/2/chat-ntf'])
        must.edge.status(await customer.http({ path, ...json }), 415)
    },
  },
])

const form = { 'content-type': 'application/x-www-form-urlencoded' }
