import { cases } from '../../case.ts'
import { fileIdIn, limitsIn } from '../../story/files.ts'
import { boundary } from '../../story/multipart-files.ts'
import { chatAtEndpoint, chatWithAgent, uploaded } from './chat-with-agent.ts'

const mebibyte = 1_048_576
const transfer = 'client-file-transfer'

export const upload = cases('files', 'upload', [
  {
    id: 'CV2-165/file-id',
    title: 'the file-id of an upload is accepted by download and by deletion',
    rules: ['CV2-165'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const [first, second] = [await customer.files.upload(), await customer.files.upload({ content: 'another' })]
      must.notEqual(fileIdIn(first), fileIdIn(second))
      must.equal((await customer.files.download(fileIdIn(second))).text, 'another')
      must.ok(await customer.files.delete(fileIdIn(second)))
      must.equal((await customer.files.download(fileIdIn(first))).text, 'hello')
    },
  },
  {
    id: 'CV2-166/everybody',
    title: 'agent and customer see one FileUploaded event with the file-id of the answer',
    rules: ['CV2-166'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      const like = { type: 'FileUploaded' as const, participantId: 1, userData: { 'file-id': fileId } }
      const seen = must.haveEvent(await customer.refresh(), like)
      const { transcript } = await agent.sees()
      must.equal(must.haveEvent(transcript, like).index, seen.index)
      must.equal(transcript.filter(event => event.type === 'FileUploaded').length, 1)
    },
  },
  {
    id: 'CV2-166/notified',
    title: 'a CometD customer is notified once of each file, of the own ones and of those of the agent',
    rules: ['CV2-166'],
    needs: ['agent'],
    async run({ customer, comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      must.haveEvent(await comet.nextNotification(), { type: 'ParticipantJoined' })
      const own = await uploaded(customer.filesOf(comet.secureKey), must)
      const foreign = await agent.uploads({ name: 'offer.pdf', content: 'an offer' })
      for (const fileId of [own, foreign])
        must.haveEvent(await comet.nextNotification(), { type: 'FileUploaded', userData: { 'file-id': fileId } })
      await comet.none()
    },
  },
  {
    id: 'CV2-166/pushed',
    title: 'a file of the agent is pushed to the customer as FileUploaded with its file-id',
    rules: ['CV2-166'],
    needs: ['agent', 'push sink'],
    async run({ customer, agent, sink, must }) {
      must.ok(await customer.requestChat({ push: 'payload' }))
      await agent.joins()
      await sink.nextPush()
      const fileId = await agent.uploads({ name: 'offer.pdf', content: 'an offer' })
      const { event } = await sink.nextPush()
      must.equal([event?.type, event?.userData?.['file-id']], ['FileUploaded', fileId])
    },
  },
  {
    id: 'CV2-166/refused-has-no-event',
    title: 'an upload that was refused makes no event',
    rules: ['CV2-166'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      must.decline(await customer.files.upload({ name: 'tool.exe' }))
      must.haveNoEvent((await agent.sees()).transcript, { type: 'FileUploaded' })
    },
  },
  {
    id: 'CV2-167/metadata',
    title: 'the other side sees the description and the metadata of an upload, and its name and size',
    rules: ['CV2-167'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const metadata = { 'file-description': 'March invoice – €', order: '0815' }
      must.ok(await customer.files.upload({ name: 'invoice.txt', content: '12,50 €' }, metadata))
      const { transcript } = await agent.sees()
      const seen = must.haveEvent(transcript, { type: 'FileUploaded', userData: metadata })
      must.edge.equal(seen.text, 'invoice.txt')
      const { 'file-name': name, 'file-size': size, 'file-source': source } = seen.userData ?? {}
      must.edge.equal([name, size, source], ['invoice.txt', '9', 'client'])
    },
  },
  {
    id: 'CV2-168/fourth-file',
    title: 'the fourth file of a session is refused with 201',
    rules: ['CV2-168'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      for (let n = 0; n < 3; n++) await uploaded(customer.files, must)
      must.decline(await customer.files.upload(), 201)
    },
  },
  {
    id: 'CV2-168/as-configured',
    title: 'a change of upload-max-files holds for the next upload',
    rules: ['CV2-168'],
    needs: ['agent', 'configuration'],
    async run(story) {
      const { customer, server, must } = story
      await chatWithAgent(story)
      await server.set(transfer, 'upload-max-files', '1')
      await uploaded(customer.files, must)
      must.decline(await customer.files.upload(), 201)
      await server.set(transfer, 'upload-max-files', '2')
      await uploaded(customer.files, must)
    },
  },
  {
    id: 'CV2-169/file-size',
    title: 'a file of 2 MiB is accepted, one byte more is refused with 202',
    rules: ['CV2-169'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      must.decline(await customer.files.upload({ content: Buffer.alloc(2 * mebibyte + 1, 'a') }), 202)
      await uploaded(customer.files, must, { content: Buffer.alloc(2 * mebibyte, 'a') })
    },
  },
  {
    id: 'CV2-169/total-size',
    title: 'all files of a session may have 5 MiB together, one byte more is refused with 202',
    rules: ['CV2-169'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      for (let n = 0; n < 2; n++) await uploaded(customer.files, must, { content: Buffer.alloc(2 * mebibyte, 'b') })
      must.decline(await customer.files.upload({ content: Buffer.alloc(mebibyte + 1, 'b') }), 202)
      await uploaded(customer.files, must, { content: Buffer.alloc(mebibyte, 'b') })
    },
  },
  {
    id: 'CV2-170/extension',
    title: 'a file is refused with 203 unless its extension is allowed, in whatever case',
    rules: ['CV2-170'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      for (const name of ['tool.exe', 'invoice.txt.exe', 'readme', 'txt', 'ends-with-a-dot.'])
        must.decline(await customer.files.upload({ name }), 203)
      await uploaded(customer.files, must, { name: 'PHOTO.PNG', type: 'image/png' })
      await uploaded(customer.files, must, { name: 'two.dots.Docx' })
    },
  },
  {
    id: 'CV2-170/not-by-content-type',
    title: 'a file is allowed by its extension and not by the content type that it claims',
    rules: ['CV2-170'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      must.decline(await customer.files.upload({ name: 'page.html', type: 'text/plain' }), 203)
      await uploaded(customer.files, must, { name: 'page.txt', type: 'application/x-msdownload' })
    },
  },
  {
    id: 'CV2-171/before-agent',
    title: 'a file is refused before an agent has joined, and accepted afterwards',
    rules: ['CV2-171'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      must.ok(await customer.requestChat())
      const refused = await customer.files.upload()
      must.decline(refused)
      must.edge.decline(refused, 9020)
      await agent.joins()
      await uploaded(customer.files, must)
    },
  },
  {
    id: 'CV2-171/bot-is-no-agent',
    title: 'a bot that has joined does not count as the agent that an upload needs',
    rules: ['CV2-171'],
    needs: ['agent'],
    async run({ customer, agent, must }) {
      must.ok(await customer.requestChat())
      await agent.joins({ nickname: 'bot', partyType: 'External' })
      must.decline(await customer.files.upload())
    },
  },
  {
    id: 'CV2-171/not-needed',
    title: 'with upload-need-agent false a file is accepted without an agent',
    rules: ['CV2-171'],
    needs: ['configuration'],
    async run({ customer, server, must }) {
      await server.set(transfer, 'upload-need-agent', 'false')
      must.ok(await customer.requestChat())
      await uploaded(customer.files, must)
    },
  },
  {
    id: 'CV2-172/chat-goes-on',
    title: 'after each kind of refusal the chat goes on with the same tokens',
    rules: ['CV2-172'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      must.ok(await customer.requestChat())
      const goesOn = async () => must.goOn(await customer.send('still here'))
      must.decline(await customer.files.upload())
      await goesOn()
      await agent.joins()
      must.decline(await customer.files.upload({ name: 'tool.exe' }))
      await goesOn()
      must.decline(await customer.files.upload({ content: Buffer.alloc(2 * mebibyte + 1) }))
      await goesOn()
      for (let n = 0; n < 3; n++) await uploaded(customer.files, must)
      must.decline(await customer.files.upload())
      must.decline(await customer.files.delete('0000000000000000'))
      await goesOn()
    },
  },
  {
    id: 'CV2-172/at-endpoint',
    title: 'a file that the endpoint refuses does not end the chat',
    rules: ['CV2-172'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { customer, must } = story
      const files = await chatAtEndpoint(story)
      must.decline(await files.upload({ name: 'tool.exe' }))
      await uploaded(files, must)
      must.goOn(await customer.send('still here'))
    },
  },
  {
    id: 'CV2-172/broken-forms',
    title: 'an upload whose form is broken is refused, leaves no file and no event, and the chat goes on',
    rules: ['CV2-172', 'CV2-164', 'CV2-166'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const { userId, secureKey, alias } = customer.tokens
      const fields = Object.entries({ userId, secureKey, alias })
        .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join('')
      const file = (name: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\nhello\r\n`
      const whole = `${fields}${file('a.txt')}--${boundary}--\r\n`
      const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
      const broken = {
        'half a form': { headers, body: whole.slice(0, -30) },
        'another boundary': { headers: { 'content-type': 'multipart/form-data; boundary=other' }, body: whole },
        'no boundary': { headers: { 'content-type': 'multipart/form-data' }, body: whole },
        'two files': { headers, body: `${fields}${file('a.txt')}${file('b.txt')}--${boundary}--\r\n` },
        'no file': { headers, body: `${fields}--${boundary}--\r\n` },
        'a file that nobody chose': { headers, body: `${fields}${file('')}--${boundary}--\r\n` },
        'a control character in the name': { headers, body: whole.replace('a.txt', 'a\u0000.txt') },
        'an endless name': { headers, body: whole.replace('a.txt', `${'a'.repeat(5000)}.txt`) },
        'no form': { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'hello' },
      }
      for (const [what, request] of Object.entries(broken)) {
        const answer = await customer.files.send(request)
        must.be(answer.status >= 400 && answer.status < 500, `${what} to be refused`, answer.status)
      }
      must.equal(limitsIn(await customer.files.limits())['used-upload-max-files'], '0', 'CV2-164')
      must.haveNoEvent((await agent.sees()).transcript, { type: 'FileUploaded' }, 'CV2-166')
      must.goOn(await customer.send('still here'))
    },
  },
  {
    id: 'CV2-172/nothing-left',
    title: 'of uploads that were refused nothing is left on the disk',
    rules: ['CV2-172'],
    needs: ['agent', 'server control'],
    async run(story) {
      const { customer, server, must } = story
      const before = (await server.gauges()).files
      await chatWithAgent(story)
      const part = { name: 'a.txt', content: Buffer.alloc(100_000, 'c') }
      must.decline(await customer.files.upload({ ...part, name: 'tool.exe' }))
      must.decline(await customer.files.upload({ ...part, content: Buffer.alloc(2 * mebibyte + 1) }))
      must.status(await customer.files.send([part, part]), 400)
      must.equal((await server.gauges()).files, before)
    },
  },
])
