import { Pool } from 'undici'
import { serveSubject, settings } from './serve-subject.ts'

// The bare limit of one push lane: POSTs one after the other on one keep-alive connection, nothing else.
const { url, body } = settings<{ url: string; body: string }>()
const target = new URL(url)
const pool = new Pool(target.origin, { connections: 1, pipelining: 1 })

serveSubject({}, async question => {
  const { posts } = question as unknown as { posts: number }
  const startedAt = performance.now()
  for (let i = 0; i < posts; i++) {
    const answer = await pool.request({
      method: 'POST',
      path: target.pathname,
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body,
    })
    await answer.body.dump()
  }
  return { seconds: (performance.now() - startedAt) / 1000 }
})
