import { expect, test } from 'vitest'
import { createTargetNodes, mostNodes, otherNodes } from './target-nodes.ts'

test('a node has its POSTs and chats from the receiver, all else from the trace', () => {
  const nodes = createTargetNodes()
  for (const node of ['node10', 'node2', 'node2']) nodes.posted(node)
  nodes.joined('node2')
  nodes.begun('node2', 0, true, 4)
  nodes.begun('node2', 1, false, 400)
  nodes.answered('node2', 200, true, 6)
  nodes.answered('node2', 0, true, 5_000)
  expect(nodes.all()).toEqual([
    {
      name: 'node2',
      posts: 2,
      chats: 1,
      sent: 2,
      resent: 1,
      failed: 1,
      wait: expect.objectContaining({ count: 1, max: 4 }),
      service: expect.objectContaining({ count: 2, mean: 2_503 }),
    },
    { name: 'node10', posts: 1, chats: 0 },
  ])
})

test('names come from the network: they are cut, and beyond 64 the rest is one', () => {
  const nodes = createTargetNodes()
  nodes.posted('x'.repeat(10_000))
  for (let node = 1; node < mostNodes + 20; node += 1) nodes.posted(`node${node}`)
  const all = nodes.all()
  expect(all.length).toBe(mostNodes + 1)
  expect(all.find(({ name }) => name === otherNodes)).toEqual({ name: otherNodes, posts: 20, chats: 0 })
  expect(Math.max(...all.map(({ name }) => name.length))).toBe(64)
})
