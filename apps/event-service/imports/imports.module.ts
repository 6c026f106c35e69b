import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { ExportsService } from './exports.service.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';

@Module({
  imports: [CodesModule],
  controllers: [ImportsController],
  providers: [ImportsService, ExportsService],
})
export class ImportsModule {}
