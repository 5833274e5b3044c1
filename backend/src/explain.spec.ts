import { describe, expect, it } from 'vitest'
import { EventStoreMisconfigured } from './adapters/event-store/eventstoredb/failures.js'
import { ConfigError } from './config.js'
import { explain, explainDatabase, explainEventStore } from './explain.js'
import { StoreUnavailable } from './platform/eventing/event-store.js'

const failure = (fields: object): Error => Object.assign(new Error('it failed'), fields)

describe('what keeps the program from starting', () => {
  it('names the port that is in use, whosever it is', () => {
    expect(explain(failure({ code: 'EADDRINUSE', port: 4401 }), { PORT: '4403' })).toMatch(/^Port 4401 is in use .*PORT=….*WORKER_PORT=…/)
  })
  it('says so when HOST is no address of this machine', () => {
    expect(explain(failure({ code: 'EADDRNOTAVAIL' }), { HOST: '203.0.113.9' })).toMatch(/^HOST is 203\.0\.113\.9, which is no address of this machine/)
    expect(explain(failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), { HOST: 'attic' })).toMatch(/^HOST is attic/)
  })
  it('says which ports anybody may open', () => {
    expect(explain(failure({ code: 'EACCES', syscall: 'listen', port: 80 }), {})).toMatch(/^Port 80 .* above 1023/)
  })
  it('passes on what was put into words already, and hides nothing of the rest', () => {
    expect(explain(new ConfigError('PORT: no number'), {})).toBe('PORT: no number')
    expect(explain(failure({}), {})).toMatch(/could not start: Error: it failed\n {4}at /)
  })
  it('tells a server that is away from one that refuses, without the password', () => {
    const url = 'postgres://u:hunter2@db:5432/media'
    const away = explainDatabase(failure({ code: 'ECONNREFUSED' }), url)
    expect(away).toMatch(/^PostgreSQL at db:5432\/media cannot be reached/)
    const refused = explainDatabase(failure({ code: '28P01' }), url)
    expect(refused).toMatch(/^PostgreSQL at db:5432\/media refuses/)
    expect(`${away} ${refused}`).not.toContain('hunter2')
    expect(explainDatabase(failure({ code: '42601' }), url)).toBeUndefined()
  })
  it('tells an event store that is away from one that refuses and one with another idea of TLS, without the password', () => {
    const url = 'esdb://admin:hunter2@a.lan:2113,b.lan:2113?tls=true&nodePreference=leader'
    const grpc = (why: string) => new StoreUnavailable('x', { cause: new Error(`14 UNAVAILABLE: No connection established. Last error: Error: ${why}. Resolution note: `) })
    expect(explainEventStore(grpc('connect ECONNREFUSED 10.0.0.1:2113'), url)).toBe(
      'The event store at esdb://a.lan:2113,b.lan:2113 cannot be reached (connect ECONNREFUSED 10.0.0.1:2113). Start it, or correct EVENT_STORE. A server without TLS needs ?tls=false.',
    )
    expect(explainEventStore(grpc('40AD:SSL routines:wrong version number:../deps/x.c:77:\n'), url)).toMatch(/do not agree on TLS \(40AD:SSL routines:wrong version number\)\. .*tls=false.*tlsCaFile/)
    expect(explainEventStore(new EventStoreMisconfigured('EventStoreDB refuses this user or password'), url)).toBe(
      'The event store at esdb://a.lan:2113,b.lan:2113 cannot be used: EventStoreDB refuses this user or password. Correct EVENT_STORE.',
    )
    expect(explainEventStore(failure({ code: 'ECONNREFUSED' }), 'postgres://u:hunter2@db:5432/log')).toMatch(/^PostgreSQL at db:5432\/log cannot be reached .*EVENT_STORE\.$/)
    expect(explainEventStore(failure({}), url)).toBeUndefined()
  })
})
