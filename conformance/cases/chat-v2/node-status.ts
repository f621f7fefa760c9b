import { cases } from '../../case.ts'

export const nodeStatus = cases('chat-v2', 'node-status', [
  {
    id: 'CV2-190/bare-word',
    title: 'the status is the bare word ONLINE or OFFLINE as text/plain',
    rules: ['CV2-190'],
    needs: ['node api'],
    async run({ nodeApi, must }) {
      const answer = await nodeApi.status()
      must.status(answer, 200)
      must.match(answer.headers['content-type'], /^text\/plain\s*(;|$)/i)
      must.match(answer.text, /^(ONLINE|OFFLINE)$/)
    },
  },
  {
    id: 'CV2-191/status',
    title: 'the status is not told without credentials, nor with wrong ones',
    rules: ['CV2-191'],
    needs: ['node api'],
    async run({ nodeApi, must }) {
      for (const asker of ['nobody', 'stranger'] as const) {
        const answer = await nodeApi.status(asker)
        must.be(answer.status !== 200, 'no success without the right credentials', answer.status)
        must.edge.status(answer, 401)
      }
    },
  },
  {
    id: 'CV2-191/changestatus',
    title: 'the status is not changed without credentials, nor with wrong ones',
    rules: ['CV2-191'],
    needs: ['node api', 'destructive'],
    alone: true,
    async run({ nodeApi, must }) {
      await nodeApi.changeStatus('ONLINE')
      for (const asker of ['nobody', 'stranger'] as const) {
        const answer = await nodeApi.changeStatus('OFFLINE', asker)
        must.be(answer.status !== 200, 'no success without the right credentials', answer.status)
        must.edge.status(answer, 401)
        must.equal((await nodeApi.status()).text, 'ONLINE')
      }
    },
  },
  {
    id: 'CV2-192/there-and-back',
    title: 'changestatus takes a node offline and online again',
    rules: ['CV2-192'],
    needs: ['node api', 'destructive'],
    alone: true,
    async run({ nodeApi, must }) {
      for (const status of ['OFFLINE', 'ONLINE', 'OFFLINE']) {
        must.status(await nodeApi.changeStatus(status), 200)
        must.equal((await nodeApi.status()).text, status)
      }
    },
  },
  {
    id: 'CV2-193/other-word',
    title: 'changestatus with another word is answered 400 and leaves the status as it is',
    rules: ['CV2-193'],
    needs: ['node api'],
    alone: true,
    async run({ nodeApi, must }) {
      const before = (await nodeApi.status()).text
      for (const word of ['SLEEPING', 'ONLIN', 'OFFLINES']) must.status(await nodeApi.changeStatus(word), 400)
      must.equal((await nodeApi.status()).text, before)
    },
  },
  {
    id: 'CV2-194/offline-node-serves',
    title: 'a node that is OFFLINE begins chats and serves running ones',
    rules: ['CV2-194'],
    needs: ['node api', 'destructive'],
    alone: true,
    async run({ customer, anotherCustomer, nodeApi, must }) {
      must.ok(await customer.requestChat())
      await nodeApi.changeStatus('OFFLINE')
      must.ok(await customer.send('still there?'))
      must.ok(await anotherCustomer().requestChat())
      must.haveEvent(await customer.refresh(), { text: 'still there?' })
    },
  },
  {
    id: 'CV2-195/oldest-form',
    title: 'the oldest form of the status call is answered 200',
    rules: ['CV2-195'],
    needs: ['node api'],
    async run({ nodeApi, must }) {
      must.status(await nodeApi.oldestForm(), 200)
    },
  },
])
