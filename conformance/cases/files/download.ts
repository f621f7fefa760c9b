import { cases } from '../../case.ts'
import { fileIdIn, limitsIn } from '../../story/files.ts'
import { chatAtEndpoint, chatWithAgent, uploaded } from './chat-with-agent.ts'

/** Each byte in each place of a pair, so that nothing that a text would change goes unseen. */
const allBytes = Buffer.from(Array.from({ length: 65_536 * 2 }, (_, at) => (at % 2 === 0 ? (at >> 1) & 255 : at >> 9)))

const withReference = /\[\d+\]/

export const download = cases('files', 'download', [
  {
    id: 'CV2-173/same-bytes',
    title: 'a download is the file as it was uploaded, byte for byte',
    rules: ['CV2-173'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must, { name: 'all.bmp', content: allBytes, type: 'image/bmp' })
      const answer = await customer.files.download(fileId)
      must.status(answer, 200)
      must.be(answer.bytes.equals(allBytes), 'the same 131072 bytes', `${answer.bytes.length} bytes`)
    },
  },
  {
    id: 'CV2-173/at-endpoint',
    title: 'fileDownload of the endpoint returns the file byte for byte, however often',
    rules: ['CV2-173'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { must } = story
      const files = await chatAtEndpoint(story)
      const fileId = await uploaded(files, must, { name: 'all.bmp', content: allBytes, type: 'image/bmp' })
      for (let n = 0; n < 2; n++) {
        const answer = await files.download(fileId)
        must.be(answer.bytes.equals(allBytes), 'the same 131072 bytes', `${answer.bytes.length} bytes`)
      }
    },
  },
  {
    id: 'CV2-174/type-and-name',
    title: 'a download has the content type of the upload and its name as an attachment',
    rules: ['CV2-174'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must, { name: 'photo of "us".png', type: 'image/png' })
      const { headers } = await customer.files.download(fileId)
      must.match(headers['content-type'], /^(image\/png|application\/octet-stream)\s*(;|$)/)
      must.match(headers['content-disposition'], /^attachment;.*filename="photo of \\"us\\".png"/)
    },
  },
  {
    id: 'CV2-174/unicode-name',
    title: 'a name beyond ASCII comes back in the extended form',
    rules: ['CV2-174'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must, { name: 'счёт №7.txt' })
      const { headers } = await customer.files.download(fileId)
      const [, encoded = ''] = /filename\*=UTF-8''([^;\s]+)/i.exec(headers['content-disposition'] ?? '') ?? []
      must.equal(decodeURIComponent(encoded), 'счёт №7.txt')
    },
  },
  {
    id: 'CV2-175/unknown-file',
    title: 'a download of a file that is not there is answered 500 with a reference id',
    rules: ['CV2-175'],
    async run({ customer, must }) {
      must.ok(await customer.requestChat())
      const answer = await customer.files.download('0000000000000000')
      must.status(answer, 500)
      must.match(answer.text, withReference)
      must.goOn(await customer.send('still here'))
    },
  },
  {
    id: 'CV2-175/reference-in-log',
    title: 'the reference id of a failed download is another one each time and stands in the log',
    rules: ['CV2-175'],
    needs: ['server control'],
    async run({ customer, server, must }) {
      must.ok(await customer.requestChat())
      const answers = [await customer.files.download('00'), await customer.files.download('00')]
      const [first = '', second = ''] = answers.map(({ text }) => withReference.exec(text)?.[0])
      must.notEqual(first, second)
      const lines = (await server.log()).map(each => each.line)
      must.be(
        lines.some(line => line.includes(`referenceId${first}`)),
        `a log line with referenceId${first}`,
        lines.slice(-5).join('; '),
      )
    },
  },
  {
    id: 'CV2-175/wrong-key',
    title: 'a download with a wrong key is answered 500 with a reference id',
    rules: ['CV2-175'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { customer, must } = story
      const files = await chatAtEndpoint(story)
      const fileId = await uploaded(files, must)
      for (const key of ['deprecated', customer.tokens.secureKey]) {
        const answer = await customer.filesOf(key).download(fileId)
        must.status(answer, 500)
        must.match(answer.text, withReference)
      }
    },
  },
  {
    id: 'CV2-175/file-of-another-chat',
    title: 'a file of another chat is not there for this one',
    rules: ['CV2-175'],
    needs: ['agent'],
    async run(story) {
      const { customer, anotherCustomer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      const other = anotherCustomer()
      must.ok(await other.requestChat())
      must.status(await other.files.download(fileId), 500)
    },
  },
  {
    id: 'CV2-176/alias',
    title: 'the operation download does what fileDownload does',
    rules: ['CV2-176'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { must } = story
      const files = await chatAtEndpoint(story)
      const fileId = await uploaded(files, must, { content: 'by both names' })
      const answer = await files.post('fileDownload', { operation: 'download' }, fileId)
      must.status(answer, 200)
      must.equal(answer.text, (await files.download(fileId)).text)
      must.equal(limitsIn(await files.limits())['used-download-attempts'], '2')
    },
  },
  {
    id: 'CV2-177/eleventh',
    title: 'a file is downloaded ten times and not an eleventh time',
    rules: ['CV2-177'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      for (let n = 0; n < 10; n++) must.status(await customer.files.download(fileId), 200)
      const answer = await customer.files.download(fileId)
      must.be(answer.status !== 200, 'no eleventh download', answer.status)
      must.edge.status(answer, 500)
    },
  },
  {
    id: 'CV2-177/each-file',
    title: 'the downloads of one file take nothing from another one',
    rules: ['CV2-177'],
    needs: ['agent', 'configuration'],
    async run(story) {
      const { customer, agent, server, must } = story
      await chatWithAgent(story)
      await server.set('client-file-transfer', 'download-attempts', '2')
      const own = fileIdIn(await customer.files.upload())
      const other = await agent.uploads({ name: 'offer.pdf', content: 'an offer' })
      for (const fileId of [own, other, own, other]) must.status(await customer.files.download(fileId), 200)
      for (const fileId of [own, other])
        must.be((await customer.files.download(fileId)).status !== 200, 'no third download', 200)
    },
  },
])
