import { Module } from '@nestjs/common';
import { NumbersWorkbookService } from './numbers-workbook.service.js';
import { NumbersController } from './numbers.controller.js';
import { NumbersService } from './numbers.service.js';

@Module({
  controllers: [NumbersController],
  providers: [NumbersService, NumbersWorkbookService],
})
export class NumbersModule {}
