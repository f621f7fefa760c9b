import { expect, test } from 'vitest'
import { pushData, reliableData, startTestServer } from './test-server.ts'

test('[CS-050] [PUSH-035] a session keeps its node until that node disconnects', () => {
  const { startChat, connectNode, node, desk } = startTestServer()
  const other = connectNode('node-2')
  const chat = startChat(pushData)
  const agent = chat.agent()
  for (let i = 0; i < 5; i++) desk.say(chat.chatId, agent, 'x')
  expect(node.notices.map(notice => notice.index)).toEqual([2, 3, 4, 5, 6, 7])
  expect(chat.view().node).toBe('node-1')
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  desk.say(chat.chatId, agent, 'x')
  expect(other.notices.map(notice => notice.index)).toEqual([8])
  node.connection.send({ kind: 'register', node: 'node-1', cluster: 'A' })
  desk.say(chat.chatId, agent, 'x')
  expect(other.notices.map(notice => notice.index)).toEqual([8, 9])
})

test('[CS-051] [CS-056] the pair names the cluster, else the node does', () => {
  const { startChat, connectNode, node } = startTestServer()
  const b = connectNode('node-b', 'B')
  startChat(pushData).agent()
  expect([node.notices.length, b.notices.length]).toEqual([1, 0])
  startChat({ ...pushData, GCTI_GMS_NodeGroup: 'B' }).agent()
  expect([node.notices.length, b.notices.length]).toEqual([1, 1])
})

test('[CS-052] [CS-056] an empty or unknown cluster falls over to another one, in alphabetical order', () => {
  const { startChat, connectNode, node } = startTestServer()
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  const c = connectNode('node-c', 'C')
  const b = connectNode('node-b', 'B')
  startChat(pushData).agent()
  startChat({ ...pushData, GCTI_GMS_NodeGroup: 'nowhere' }).agent()
  expect([node.notices.length, b.notices.length, c.notices.length]).toEqual([0, 2, 0])
})

test('[CS-053] [CS-054] [CS-057] without any node the notification is lost and logged; only new events are pushed', () => {
  const { startChat, connectNode, node, desk, lines, trace, seconds } = startTestServer()
  const chat = startChat(pushData)
  const agent = chat.agent()
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  desk.say(chat.chatId, agent, 'lost')
  expect(lines.filter(line => line.includes('59758'))).toEqual([
    'Trc 59758 push-flex: could not send notification - no gms node found in group=A',
  ])
  expect(trace.filter(record => record[0] === 'unsent')).toEqual([['unsent', chat.chatId, 3, expect.any(Number)]])
  const late = connectNode('node-2')
  seconds(100)
  chat.ok('refresh')
  expect(late.notices).toEqual([])
  desk.say(chat.chatId, agent, 'new')
  expect(late.notices.map(notice => notice.index)).toEqual([4])
})

test('[CS-053] a reliable notice without node is sent at the next activity, not earlier', () => {
  const { startChat, connectNode, node, desk, seconds } = startTestServer()
  const chat = startChat(reliableData)
  const agent = chat.agent()
  chat.ok('refresh')
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  desk.say(chat.chatId, agent, 'x')
  const late = connectNode('node-2')
  seconds(100)
  expect(late.notices).toEqual([])
  chat.ok('updateData', { userData: { a: 'b' } })
  expect(late.notices.map(notice => [notice.attempt, notice.index, notice.notifyPosition])).toEqual([[0, 3, 3]])
  seconds(15)
  expect(late.notices.map(notice => notice.attempt)).toEqual([0, 1])
})

test('[CS-053] [PUSH-082] a request whose own event finds no node is one lost notification', () => {
  const { startChat, node, lines, server } = startTestServer()
  const chat = startChat({ ...reliableData, GCTI_GMS_NotifyRequestor: 'true' })
  chat.ok('refresh')
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  const lost = () => [lines.filter(line => line.includes('59758')).length, server.health()!.pushesLost]
  chat.ok('send', { message: 'x' })
  expect(lost()).toEqual([1, 1])
  // Typing causes no trigger of its own, but is activity: one more attempt (PUSH-032).
  chat.ok('startTyping')
  expect(lost()).toEqual([2, 2])
  chat.ok('refresh', { transcriptPosition: 0 })
  expect(lost()).toEqual([2, 2])
})

test('[CS-053] what only agents see is activity in the session, too', () => {
  const { startChat, connectNode, node, desk } = startTestServer()
  const chat = startChat(reliableData)
  const agent = chat.agent()
  chat.ok('refresh')
  node.connection.send({ kind: 'unregister', node: 'node-1' })
  desk.say(chat.chatId, agent, 'x')
  const late = connectNode('node-2')
  desk.say(chat.chatId, agent, 'psst', { agentOnly: true })
  expect(late.notices.map(notice => [notice.attempt, notice.index, notice.notifyPosition])).toEqual([[0, 3, 3]])
})

test('[CS-051] an empty pair names no cluster: the name of the node holds', () => {
  const { startChat, connectNode, node } = startTestServer()
  // Comes before A in the alphabet, so an unknown cluster would fall over to it.
  const other = connectNode('node-0', '0')
  startChat({ ...pushData, GCTI_GMS_NodeGroup: '' }).agent()
  expect([node.notices.length, other.notices.length]).toEqual([1, 0])
})

test('[CS-055] the nodes of a cluster are chosen in turn', () => {
  const { startChat, connectNode, node } = startTestServer()
  const other = connectNode('node-2')
  for (let i = 0; i < 100; i++) startChat(pushData).agent()
  expect([node.notices.length, other.notices.length]).toEqual([50, 50])
})

test('[CS-058] a node that is not registered answers requests and is never chosen', () => {
  const { startChat, connectNode, node } = startTestServer()
  const bare = connectNode('node-2', 'A', false)
  for (let i = 0; i < 4; i++) startChat(pushData).agent()
  expect([node.notices.length, bare.notices.length]).toEqual([4, 0])
  expect(bare.request({ operation: 'refresh', service: 's', chatId: 'none', userId: '', secureKey: '' })).toEqual({
    kind: 'refused',
    reason: 'not-here',
    chatId: 'none',
  })
})
