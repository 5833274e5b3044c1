import { createSecretKey } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { PassportStrategy } from '@nestjs/passport'
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt'
import { Callers, type Caller } from '../../platform/http/caller.js'
import { Keys } from '../../platform/keys.js'

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    keys: Keys,
    private readonly callers: Callers,
  ) {
    const secretOrKeyProvider: SecretOrKeyProvider = (_request, _token, done) => {
      // As a key object: from bytes the library would first try, at some cost, to read a public key.
      keys.get('access-tokens').then(key => done(null, createSecretKey(key) as unknown as string), (error: Error) => done(error))
    }
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKeyProvider, algorithms: ['HS256'], issuer: 'projectionist' })
  }

  async validate(payload: { sub: string; device: string }): Promise<Caller | undefined> {
    return this.callers.find({ userId: payload.sub, deviceId: payload.device })
  }
}
