import './base.css';
import './panel.css';
import './reader.css';
