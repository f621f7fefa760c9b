import { Pool } from 'undici'
import { serveSubject, settings } from './serve-subject.ts'

// The bare limit of a push lane: POSTs one after the other on one keep-alive connection per lane, nothing else.
const { url, body, lanes } = settings<{ url: string; body: string; lanes: number }>()
const target = new URL(url)
const pools = Array.from({ length: lanes }, () => new Pool(target.origin, { connections: 1, pipelining: 1 }))

serveSubject({}, async question => {
  const { posts } = question as unknown as { posts: number }
  const startedAt = performance.now()
  let left = posts
  await Promise.all(
    pools.map(async pool => {
      while (left-- > 0) {
        const answer = await pool.request({
          method: 'POST',
          path: target.pathname,
          headers: { 'content-type': 'application/json;charset=UTF-8' },
          body,
        })
        await answer.body.dump()
      }
    }),
  )
  return { seconds: (performance.now() - startedAt) / 1000 }
})
