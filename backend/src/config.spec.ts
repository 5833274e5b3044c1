import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.js'

describe('configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({}, () => 'node-1')).toMatchObject({ port: 2160, node: 'node-1', databaseUrl: undefined, redisUrl: undefined, secureCookies: false })
    expect([...readConfig({}, () => 'n').roles]).toEqual(['api', 'projector', 'worker'])
  })
  it('takes what it is given, and an empty value for none', () => {
    const config = readConfig({ PORT: '80', PROJECTIONIST_ROLES: 'worker', DATABASE_URL: 'postgres://db/x', REDIS_URL: '', PROJECTIONIST_HOME: '/srv/p' }, () => 'n')
    expect(config).toMatchObject({ port: 80, home: '/srv/p', databaseUrl: 'postgres://db/x', redisUrl: undefined })
    expect([...config.roles]).toEqual(['worker'])
  })
  it('says how a password goes into an address', () => {
    expect(() => readConfig({ DATABASE_URL: 'postgres://u:a#b@db/x', REDIS_URL: 'redis://:p@:::' }, () => 'n')).toThrow(/DATABASE_URL: is no address; .*%23[^]*REDIS_URL: is no address/)
    expect(readConfig({ DATABASE_URL: 'postgres:///x?host=/run/pg', REDIS_URL: 'unix:/run/redis.sock' }, () => 'n').redisUrl).toBe('unix:/run/redis.sock')
  })
  it('takes every kind of event store, and no other', () => {
    for (const store of ['postgres:', 'postgres://db/log', 'esdb://a:2113,b:2113', 'esdb+discover://es.lan', 'kurrentdb://u:p@k:2113?tls=false', 'kurrentdb+discover://k', 'memory:'])
      expect(readConfig({ EVENT_STORE: store }, () => 'n').eventStore).toBe(store)
    expect(() => readConfig({ EVENT_STORE: 'postgres://u:a#b@db/x' }, () => 'n')).toThrow(/EVENT_STORE: is no address/)
    expect(() => readConfig({ EVENT_STORE: 'mongodb://db' }, () => 'n')).toThrow(/EVENT_STORE: has to start with postgres:.* or esdb:/)
  })
  it('names every mistake at once', () => {
    const read = () => readConfig({ PORT: 'http', DATABASE_URL: 'mysql://db', PROJECTIONIST_ROLES: 'api,king', LOG_LEVEL: 'loud' }, () => 'n')
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(/4 mistakes:[^]*PORT: [^]*PROJECTIONIST_ROLES: [^]*DATABASE_URL: has to start with postgres:\/\/ or postgresql:\/\/[^]*LOG_LEVEL: /)
  })
})
