import { Module } from '@nestjs/common';
import { HeldAddresses } from './held-addresses.js';

@Module({ providers: [HeldAddresses], exports: [HeldAddresses] })
export class HeldAddressesModule {}
