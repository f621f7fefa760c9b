import { cases } from '../../case.ts'
import { limitsIn } from '../../story/files.ts'
import { chatAtEndpoint, chatWithAgent, uploaded } from './chat-with-agent.ts'

const transfer = 'client-file-transfer'

export const deletion = cases('files', 'deletion', [
  {
    id: 'CV2-178/everybody',
    title: 'an own file is deleted, and everybody in the chat sees FileDeleted',
    rules: ['CV2-178'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      must.goOn(await customer.files.delete(fileId))
      const like = { type: 'FileDeleted' as const, participantId: 1 }
      const seen = must.haveEvent((await agent.sees()).transcript, like)
      must.haveEvent(await customer.refresh(), { ...like, index: seen.index! })
      must.edge.equal([seen.text, seen.userData?.['file-id']], ['note.txt', fileId])
    },
  },
  {
    id: 'CV2-178/gone',
    title: 'a file that was deleted is there neither for the customer nor for the agent',
    rules: ['CV2-178'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const [deleted, kept] = [await uploaded(customer.files, must), await uploaded(customer.files, must)]
      must.ok(await customer.files.delete(deleted))
      must.be((await customer.files.download(deleted)).status !== 200, 'no download of a deleted file', 200)
      must.equal(await agent.opensFile(deleted), undefined)
      must.status(await customer.files.download(kept), 200)
    },
  },
  {
    id: 'CV2-178/unknown-file',
    title: 'a file that is not there cannot be deleted, and nobody sees a FileDeleted',
    rules: ['CV2-178'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const fileId = await uploaded(customer.files, must)
      must.ok(await customer.files.delete(fileId))
      must.edge.decline(await customer.files.delete(fileId), 9021)
      must.edge.decline(await customer.files.delete('0000000000000000'), 9021)
      must.equal((await agent.sees()).transcript.filter(event => event.type === 'FileDeleted').length, 1)
    },
  },
  {
    id: 'CV2-178/at-endpoint',
    title: 'fileDelete of the endpoint deletes an own file',
    rules: ['CV2-178'],
    needs: ['agent', 'push sink'],
    async run(story) {
      const { agent, must } = story
      const files = await chatAtEndpoint(story)
      const fileId = await uploaded(files, must)
      must.ok(await files.delete(fileId))
      must.haveEvent((await agent.sees()).transcript, { type: 'FileDeleted' })
    },
  },
  {
    id: 'CV2-178/notified',
    title: 'a CometD customer who deletes a file is notified of it',
    rules: ['CV2-178'],
    needs: ['agent'],
    async run({ customer, comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      const files = customer.filesOf(comet.secureKey)
      must.ok(await files.delete(await uploaded(files, must)))
      const seen = (await comet.notifications()).flatMap(each => each.messages.map(event => event.type))
      must.equal(seen, ['ParticipantJoined', 'FileUploaded', 'FileDeleted'])
    },
  },
  {
    id: 'CV2-179/agent-file',
    title: 'a file of the agent cannot be deleted by the customer and stays',
    rules: ['CV2-179'],
    needs: ['agent'],
    async run(story) {
      const { customer, agent, must } = story
      await chatWithAgent(story)
      const fileId = await agent.uploads({ name: 'offer.pdf', content: 'an offer' })
      const answer = await customer.files.delete(fileId)
      must.be(answer.statusCode !== 0, 'no deletion', answer.statusCode)
      must.equal((await customer.files.download(fileId)).text, 'an offer')
      must.haveNoEvent((await agent.sees()).transcript, { type: 'FileDeleted' })
    },
  },
  {
    id: 'CV2-180/odd',
    title: 'with delete-file odd a deletion leaves the upload slot taken',
    rules: ['CV2-180'],
    needs: ['agent'],
    async run(story) {
      const { customer, must } = story
      await chatWithAgent(story)
      for (let n = 0; n < 3; n++) must.ok(await customer.files.delete(await uploaded(customer.files, must)))
      must.decline(await customer.files.upload(), 201)
      must.equal(limitsIn(await customer.files.limits())['used-upload-max-files'], '3')
    },
  },
  {
    id: 'CV2-180/even',
    title: 'with delete-file even a deletion gives the upload slot back',
    rules: ['CV2-180'],
    needs: ['agent', 'configuration'],
    async run(story) {
      const { customer, server, must } = story
      await server.set(transfer, 'delete-file', 'even')
      await server.set(transfer, 'upload-max-files', '1')
      await chatWithAgent(story)
      for (let n = 0; n < 3; n++) must.ok(await customer.files.delete(await uploaded(customer.files, must)))
      const used = limitsIn(await customer.files.limits())
      must.equal([used['used-upload-max-files'], used['delete-file']], ['0', 'even'])
    },
  },
])
