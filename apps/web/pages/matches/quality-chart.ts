import { LineChart } from 'echarts/charts';
import { LegendComponent } from 'echarts/components';
import { use } from 'echarts/core';

use([LineChart, LegendComponent]);

export { Chart } from '../dashboard/chart.js';

export const COLOURS = ['#0b5cad', '#e08a1e', '#389e0d', '#9254de', '#13a8a8', '#d4574e'];
