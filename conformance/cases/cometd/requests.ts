import { cases } from '../../case.ts'
import type { Notification } from '../../story/comet/notification.ts'
import type { Must } from '../../story/must.ts'
import type { Server } from '../../story/server.ts'

const care = 'chat.customer-support'

async function protect(server: Server): Promise<void> {
  await server.set(care, 'refserver.auth-username', 'gate')
  await server.set(care, 'refserver.auth-password', 's3cret: ä')
}

function mustRefuse(must: Must, { statusCode, code, body }: Notification, expected: number): void {
  must.equal([statusCode, code], [2, expected])
  must.equal(body.secureKey, undefined)
}

export const requests = cases('cometd', 'requests', [
  {
    id: 'CV2-135/attached',
    title: 'the user data of requestChat is attached, and so are names and subject',
    rules: ['CV2-135'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      const userData = { order: '7', größe: 'XL – 特大' }
      must.ok(await comet.requestChat({ firstName: 'Ann', lastName: 'Bee', subject: 'Rückgabe', userData }))
      await agent.joins({ chatOf: comet })
      const seen = (await agent.sees()).userData
      must.equal([seen.order, seen.größe, seen.Subject, seen.FirstName], ['7', 'XL – 特大', 'Rückgabe', 'Ann'])
    },
  },
  {
    id: 'CV2-135/updated',
    title: 'the user data of updateData is attached to what was there',
    rules: ['CV2-135'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat({ userData: { order: '7' } }))
      await agent.joins({ chatOf: comet })
      must.ok(await comet.updateData({ colour: 'red' }))
      const { userData } = await agent.sees()
      must.equal([userData.order, userData.colour], ['7', 'red'])
    },
  },
  {
    id: 'CV2-136/object-or-text',
    title: 'user data may be an object or a text that holds one',
    rules: ['CV2-136', 'CV2-135'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      must.ok(await comet.updateData({ a: '1', b: 2, c: true, d: { e: 'f' } }))
      must.ok(await comet.updateData('{"g":"7","h":8}'))
      const { a, b, c, d, g, h } = (await agent.sees()).userData
      must.equal([a, b, c, d, g, h], ['1', '2', 'true', '{"e":"f"}', '7', '8'])
    },
  },
  {
    id: 'CV2-136/other-values',
    title: 'user data that is neither is refused with 9001, with requestChat and with updateData',
    rules: ['CV2-136'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      for (const userData of [7, true, [1], 'text', '{', '[1]', '7']) {
        must.equal((await comet.updateData(userData)).code, 9001)
        mustRefuse(must, await comet.publish({ operation: 'requestChat', nickname: 'Ann', userData }), 9001)
      }
      must.ok(await comet.send('still here'))
    },
  },
  {
    id: 'CV2-137/open-form',
    title: 'a protected service takes requestChat with username and password',
    rules: ['CV2-137'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await protect(server)
      must.ok(await comet.requestChat({ auth: { username: 'gate', password: 's3cret: ä' } }))
    },
  },
  {
    id: 'CV2-138/encoded-form',
    title: 'a protected service takes requestChat with the encoded form',
    rules: ['CV2-138'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await protect(server)
      must.ok(await comet.requestChat({ auth: { encoded: Buffer.from('gate:s3cret: ä').toString('base64') } }))
    },
  },
  {
    id: 'CV2-139/wrong-credentials',
    title: 'missing and wrong credentials, in both forms, give statusCode 2 and no chat',
    rules: ['CV2-139'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await protect(server)
      const encoded = (text: string) => Buffer.from(text).toString('base64')
      for (const auth of [
        undefined,
        {},
        { username: 'gate' },
        { username: 'gate', password: 'S3CRET: ä' },
        { username: 'Gate', password: 's3cret: ä' },
        { encoded: encoded('gate:wrong') },
        { encoded: encoded('gate') },
        { encoded: 'gate:s3cret: ä' },
        { encoded: '' },
      ]) {
        const answer = await comet.publish({ operation: 'requestChat', nickname: 'Ann', ...(auth && { auth }) })
        must.equal([answer.statusCode, answer.body.secureKey], [2, undefined])
        must.edge.equal([answer.code, answer.chatEnded], [9008, false])
      }
      await comet.none()
    },
  },
  {
    id: 'CV2-139/no-chat',
    title: 'a requestChat with wrong credentials opens no session on a Chat Server',
    rules: ['CV2-139'],
    needs: ['configuration', 'server control'],
    async run({ comet, server, must }) {
      await protect(server)
      const sessions = async () =>
        Object.values((await server.gauges()).chatServers).map(each => each.liveSessions ?? each.sessions)
      const before = await sessions()
      await comet.publish({ operation: 'requestChat', nickname: 'Ann', auth: { username: 'gate', password: 'wrong' } })
      must.equal(await sessions(), before)
    },
  },
  {
    id: 'CV2-140/once',
    title: 'credentials are asked for by requestChat alone',
    rules: ['CV2-140'],
    needs: ['configuration'],
    async run({ comet, server, must }) {
      await protect(server)
      must.ok(await comet.requestChat({ auth: { username: 'gate', password: 's3cret: ä' } }))
      must.ok(await comet.send('hello'))
      must.ok(await comet.operate('sendMessage', { message: 'hello', auth: { username: 'x', password: 'wrong' } }))
      comet.vanishes()
      must.ok(await comet.requestNotifications())
    },
  },
  {
    id: 'CV2-141/receipt',
    title: 'a readReceipt is answered without events and leaves nextPosition as it was',
    rules: ['CV2-141'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await agent.says('hello')
      await comet.notifications()
      const before = comet.nextPosition
      const answer = await comet.readReceipt(before - 1)
      must.ok(answer)
      must.haveTypes(answer, [])
      must.equal(answer.nextPosition, before)
      must.equal((await comet.send('hi')).nextPosition, before + 1)
      must.equal((await comet.operate('readReceipt', {})).code, 9001)
    },
  },
  {
    id: 'CV2-142/observed',
    title: 'the agent sees which event was read, and by whom',
    rules: ['CV2-142'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await comet.readReceipt(2)
      must.equal((await agent.sees()).readReceipts, [{ participantId: 1, index: 2 }])
    },
  },
  {
    id: 'CV2-143/no-such-event',
    title: 'a readReceipt for an event that does not exist is answered statusCode 0 and has no effect',
    rules: ['CV2-143'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      for (const position of [99, 2, 0]) {
        const answer = await comet.readReceipt(position)
        must.ok(answer)
        must.equal([answer.messages.length, answer.nextPosition], [0, 2])
      }
    },
  },
  {
    id: 'CV2-144/over',
    title: 'disconnect is answered without keys and events, and the key is worthless afterwards',
    rules: ['CV2-144'],
    async run({ comet, must }) {
      must.ok(await comet.requestChat())
      const answer = await comet.disconnect()
      must.end(answer)
      must.equal([answer.messages.length, answer.body.secureKey, answer.body.userId], [0, undefined, undefined])
      for (const operation of ['sendMessage', 'requestNotifications', 'disconnect'])
        must.refuse(await comet.operate(operation, { message: 'x' }), 249)
      await comet.none()
    },
  },
  {
    id: 'CV2-144/seen',
    title: 'after disconnect the customer has left the chat',
    rules: ['CV2-144'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      must.end(await comet.disconnect())
      const last = (await agent.sees()).transcript.at(-1)
      must.equal([last?.type, last?.from.participantId], ['ParticipantLeft', 1])
    },
  },
  {
    id: 'CV2-145/last',
    title: 'when the other side ends the chat the last notification has chatEnded, the ones before have not',
    rules: ['CV2-145'],
    needs: ['agent'],
    async run({ comet, agent, must }) {
      must.ok(await comet.requestChat())
      await agent.joins({ chatOf: comet })
      await agent.says('good bye')
      await agent.closes()
      const all = await comet.notifications()
      must.equal(
        all.map(each => each.chatEnded),
        all.map((_, at) => at === all.length - 1),
      )
      must.haveEvent(
        all.flatMap(each => each.messages),
        { type: 'ParticipantLeft', participantId: 1 },
      )
      await comet.none()
    },
  },
  {
    id: 'CV2-147/same-again',
    title: 'with the same push parameters in requestNotifications the device is pushed on',
    rules: ['CV2-147'],
    needs: ['push sink', 'agent'],
    async run({ comet, agent, sinkOf, must }) {
      const sink = sinkOf(comet)
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      await sink.nextPush()
      must.ok(await comet.requestNotifications(comet.nextPosition, pushTo(comet.deviceId)))
      await agent.says('hello')
      must.equal((await sink.nextPush()).event?.text, 'hello')
      await sink.none()
    },
  },
  {
    id: 'CV2-148/latest',
    title: 'with other push parameters in requestNotifications the device of those is pushed',
    rules: ['CV2-148'],
    needs: ['push sink', 'agent'],
    async run({ comet, anotherComet, agent, sinkOf, must }) {
      const other = anotherComet()
      must.ok(await comet.requestChat({ push: 'payload' }))
      await agent.joins({ chatOf: comet })
      await sinkOf(comet).nextPush()
      must.ok(await comet.requestNotifications(comet.nextPosition, pushTo(other.deviceId)))
      await agent.says('hello')
      must.equal((await sinkOf(other).nextPush()).event?.text, 'hello')
      await sinkOf(comet).none()
    },
  },
])

function pushTo(deviceId: string) {
  return {
    push_notification_deviceid: deviceId,
    push_notification_type: 'customhttp',
    GCTI_GMS_PushIncludePayload: 'true',
  }
}
